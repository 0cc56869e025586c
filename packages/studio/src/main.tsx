// Decides how the studio starts: theme first, then the page with its data client and live line.
import '@fontsource-variable/inter/index.css';
import './styles/base.css';
import './ui/ui.css';
import './charts/charts.css';
import './views/shell/shell.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { LiveRuns } from './state/live-runs.tsx';
import { createQueryClient } from './state/queries.ts';
import { SelectionProvider } from './state/selection.tsx';
import { applyTheme } from './state/theme.ts';

applyTheme();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={createQueryClient()}>
      <LiveRuns>
        <SelectionProvider>
          <App />
        </SelectionProvider>
      </LiveRuns>
    </QueryClientProvider>
  </StrictMode>,
);
