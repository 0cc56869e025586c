// Decides how emptiness and failure speak: what is so, why, and what to do next.
import type { ReactNode } from 'react';

export interface NoticeProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  readonly kind?: 'empty' | 'error';
  /** Whether this is all there is on the screen, so that its title is the screen's. */
  readonly wholeScreen?: boolean;
}

export function Notice({ title, children, actions, kind = 'empty', wholeScreen = false }: NoticeProps) {
  const Title = wholeScreen ? 'h1' : 'h2';
  return (
    <div className={`notice ${kind}`} role={kind === 'error' ? 'alert' : undefined}>
      <Title>{title}</Title>
      {children}
      {actions && <div className="actions">{actions}</div>}
    </div>
  );
}

export interface ErrorNoticeProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
  readonly wholeScreen?: boolean;
}

/** An error as a person can use it: its title, what happened, what to do, and a way to try again. */
export function ErrorNotice({ error, onRetry, wholeScreen = false }: ErrorNoticeProps) {
  const { title, detail, hints, mayPass } = describe(error);
  return (
    <Notice
      kind="error"
      wholeScreen={wholeScreen}
      title={title}
      actions={
        onRetry &&
        mayPass && (
          <button type="button" className="button" onClick={onRetry}>
            Try again
          </button>
        )
      }
    >
      {detail && <p>{detail}</p>}
      {hints.length > 0 && (
        <ul className="muted">
          {hints.map((hint) => (
            <li key={hint}>{hint}</li>
          ))}
        </ul>
      )}
    </Notice>
  );
}

interface Described {
  readonly title: string;
  readonly detail: string;
  readonly hints: readonly string[];
  /** Whether trying again can help: not after an answer of 4xx. */
  readonly mayPass: boolean;
}

function describe(error: unknown): Described {
  if (!(error instanceof Error))
    return { title: 'Something went wrong', detail: String(error), hints: [], mayPass: true };
  const extra = error as Error & { detail?: unknown; hints?: unknown; status?: unknown };
  return {
    title: error.message,
    detail: typeof extra.detail === 'string' ? extra.detail : '',
    hints: Array.isArray(extra.hints) ? extra.hints.map(String) : [],
    mayPass: typeof extra.status !== 'number' || extra.status < 400 || extra.status >= 500,
  };
}
