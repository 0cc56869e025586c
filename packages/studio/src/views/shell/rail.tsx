// Decides the list of screens on the left.
import { hrefOf, type ScreenName, usePlace } from '../../state/url-state.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';

export const SCREENS: readonly {
  readonly name: ScreenName;
  readonly label: string;
  readonly icon: IconName;
  readonly key: string;
}[] = [
  { name: 'home', label: 'Home', icon: 'home', key: 'h' },
  { name: 'map', label: 'Map', icon: 'map', key: 'm' },
  { name: 'orders', label: 'Orders', icon: 'orders', key: 'o' },
  { name: 'compare', label: 'Compare', icon: 'compare', key: 'c' },
  { name: 'policies', label: 'Policies', icon: 'policies', key: 'p' },
  { name: 'runs', label: 'Runs', icon: 'runs', key: 'r' },
  { name: 'cost-model', label: 'Cost model', icon: 'costs', key: 'k' },
];

export function Rail() {
  const place = usePlace();
  return (
    <nav className="rail" aria-label="Screens">
      <a className="brand" href={hrefOf(place, 'home')}>
        <img src="/favicon.svg" width={20} height={20} alt="" />
        Sourcewright
      </a>
      {SCREENS.map((screen) => (
        <a
          key={screen.name}
          href={hrefOf(place, screen.name)}
          aria-current={place.screen === screen.name ? 'page' : undefined}
        >
          <Icon name={screen.icon} />
          {screen.label}
        </a>
      ))}
      <span className="spring" />
      <a href="/docs" target="_blank" rel="noreferrer" className="foot">
        API reference
      </a>
    </nav>
  );
}
