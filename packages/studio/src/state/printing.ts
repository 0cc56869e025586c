// Decides whether the page is on its way to paper: then all that is folded away is shown.
import { useSyncExternalStore } from 'react';

const PRINT = 'print';
let asked = false;

export function usePrinting(): boolean {
  return useSyncExternalStore(subscribe, printing);
}

function printing(): boolean {
  return asked || matchMedia(PRINT).matches;
}

/** Browsers tell of it by events, some of them only by the medium. */
function subscribe(listener: () => void): () => void {
  const before = (): void => {
    asked = true;
    listener();
  };
  const after = (): void => {
    asked = false;
    listener();
  };
  const medium = matchMedia(PRINT);
  addEventListener('beforeprint', before);
  addEventListener('afterprint', after);
  medium.addEventListener('change', listener);
  return () => {
    removeEventListener('beforeprint', before);
    removeEventListener('afterprint', after);
    medium.removeEventListener('change', listener);
  };
}
