import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { Cartons } from './cartons.tsx';

it('lists boxes with their contents by name, and what goes as it is', () => {
  const packing = {
    shipmentId: 'o1#1',
    nodeId: 'N',
    cartons: [
      { boxId: 'large', weightGrams: 3000, contents: [{ sku: 'cup', quantity: 6 }], count: 2 },
      { boxId: null, weightGrams: 500, contents: [{ sku: 'pole', quantity: 1 }], count: 1 },
    ],
    unmeasured: [],
    parcelsCharged: 1,
    sentence: 'North could pack it in 2 cartons (2 large) and 1 unit as it is.',
  };
  const drawn = renderToStaticMarkup(<Cartons packing={packing} items={{ cup: { name: 'Cup' } }} />);
  const cells = [...drawn.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, text]) => text);
  expect(drawn).toContain(packing.sentence);
  expect(cells).toEqual(['2 ×', 'large', '6 × Cup', '3.0 kg', '1 ×', 'as it is', '1 × pole', '0.5 kg']);
});
