// Decides how news of runs reaches the lists on screen: over one socket; when it comes back, the lists are fetched anew.
import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { type Connection, openRunsSocket } from '../api/socket.ts';
import { dropRun, keepRun } from './queries.ts';

const ConnectionContext = createContext<Connection>('connecting');

export function LiveRuns({ children }: { readonly children: ReactNode }) {
  const client = useQueryClient();
  const [connection, setConnection] = useState<Connection>('connecting');
  useEffect(() => {
    let lost = false;
    const socket = openRunsSocket({
      onRun: (run) => keepRun(client, run),
      onDeleted: (runId) => dropRun(client, runId),
      onConnection: (state) => {
        setConnection(state);
        if (state === 'waiting') lost = true;
        if (state !== 'live' || !lost) return;
        lost = false;
        void client.invalidateQueries({ queryKey: ['runs'] });
      },
    });
    return () => socket.close();
  }, [client]);
  return <ConnectionContext value={connection}>{children}</ConnectionContext>;
}

export const useConnection = (): Connection => useContext(ConnectionContext);
