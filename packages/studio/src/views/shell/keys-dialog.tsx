// Decides how the list of keys looks.
import { Dialog } from '../../ui/dialog.tsx';
import { SCREENS } from './rail.tsx';

const KEYS: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  ...SCREENS.map((screen) => ({ keys: ['g', screen.key], does: `Go to ${screen.label}` })),
  { keys: ['/'], does: 'Search this screen' },
  { keys: ['Ctrl', 'K'], does: 'Find an order, node, run or screen' },
  { keys: ['j', 'k'], does: 'Next and previous row, as do the arrows' },
  { keys: ['Enter'], does: 'Open the row' },
  { keys: ['Esc'], does: 'Close what is open, clear the filter of the map' },
  { keys: ['?'], does: 'This list' },
];

export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog label="Keys" onClose={onClose}>
      <div className="keys-dialog">
        <header>
          <h1>Keys</h1>
          <button type="button" className="button" onClick={onClose}>
            Close
          </button>
        </header>
        <dl>
          {KEYS.map(({ keys, does }) => (
            <div key={does}>
              <dt>
                {keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Dialog>
  );
}
