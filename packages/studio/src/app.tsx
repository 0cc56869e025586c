// Decides what is on the page: the frame, the screen that the address names, and the dialogs above it.
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useState } from 'react';
import { useSelection } from './state/selection.tsx';
import { useShortcuts } from './state/shortcuts.ts';
import { hrefOf, interceptLinks, usePlace } from './state/url-state.ts';
import { ErrorBoundary } from './ui/error-boundary.tsx';
import { ErrorNotice, Notice } from './ui/notice.tsx';
import { SkeletonRows } from './ui/skeleton.tsx';
import { HomeView } from './views/home/home-view.tsx';
import { KeysDialog } from './views/shell/keys-dialog.tsx';
import { Palette } from './views/shell/palette.tsx';
import { Rail, SCREENS } from './views/shell/rail.tsx';
import { TopBar } from './views/shell/top-bar.tsx';

const MapView = lazy(async () => ({ default: (await import('./views/map/map-view.tsx')).MapView }));
const OrdersView = lazy(async () => ({ default: (await import('./views/orders/orders-view.tsx')).OrdersView }));
const CompareView = lazy(async () => ({ default: (await import('./views/compare/compare-view.tsx')).CompareView }));
const PoliciesView = lazy(async () => ({ default: (await import('./views/policies/policies-view.tsx')).PoliciesView }));
const RunsView = lazy(async () => ({ default: (await import('./views/runs/runs-view.tsx')).RunsView }));

const CostModelView = lazy(async () => ({
  default: (await import('./views/cost-model/cost-model-view.tsx')).CostModelView,
}));

export function App() {
  const place = usePlace();
  const [dialog, setDialog] = useState<'keys' | 'palette' | null>(null);
  const onHelp = useCallback(() => setDialog('keys'), []);
  const onPalette = useCallback(() => setDialog('palette'), []);
  const onClose = useCallback(() => setDialog(null), []);
  useShortcuts({ onHelp, onPalette });
  useEffect(interceptLinks, []);
  return (
    <div className="shell">
      <Rail />
      <TopBar onHelp={onHelp} onPalette={onPalette} />
      <main>
        <Suspense fallback={<SkeletonRows rows={12} />}>
          <ErrorBoundary place={`${place.screen} ${place.orderId} ${JSON.stringify(place.query)}`}>
            <Ready>
              <Screen />
            </Ready>
          </ErrorBoundary>
        </Suspense>
      </main>
      {dialog === 'keys' && <KeysDialog onClose={onClose} />}
      {dialog === 'palette' && <Palette onClose={onClose} />}
    </div>
  );
}

function Screen() {
  const place = usePlace();
  const { scenario } = useSelection();
  const label = SCREENS.find((screen) => screen.name === place.screen)?.label ?? 'Nothing here';
  const title = [place.orderId ? `Order ${place.orderId}` : label, scenario?.title].filter(Boolean).join(' · ');
  useEffect(() => {
    document.title = `${title} · Sourcewright`;
  }, [title]);
  switch (place.screen) {
    case 'home':
      return <HomeView />;
    case 'map':
      return <MapView />;
    case 'orders':
      return <OrdersView />;
    case 'compare':
      return <CompareView />;
    case 'policies':
      return <PoliciesView />;
    case 'runs':
      return <RunsView />;
    case 'cost-model':
      return <CostModelView />;
    case 'missing':
      return (
        <Notice
          wholeScreen
          title="There is no such screen"
          actions={
            <a className="button" href={hrefOf(place, 'home')}>
              Go home
            </a>
          }
        >
          <p>The address may be from another version, or mistyped.</p>
        </Notice>
      );
  }
}

/** Shows a screen once it is known which dataset and runs there are. */
function Ready({ children }: { readonly children: ReactNode }) {
  const { loading, error, retry, scenario } = useSelection();
  if (error) return <ErrorNotice wholeScreen error={error} onRetry={retry} />;
  if (loading) return <SkeletonRows rows={12} />;
  if (!scenario) {
    return (
      <Notice wholeScreen title="No dataset yet">
        <p>
          A dataset is a scenario: nodes, stock, tariffs, orders and a policy. Import one with{' '}
          <code>sourcewright import</code>, or send its JSON to <code>POST /v1/scenarios</code>. The demo datasets come
          with the default start.
        </p>
      </Notice>
    );
  }
  return children;
}
