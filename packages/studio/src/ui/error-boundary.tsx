// Decides what is left when a screen breaks: the frame stays, the screen says so and can be drawn again.
import { Component, type ReactNode } from 'react';
import { Notice } from './notice.tsx';

interface Props {
  /** When it changes, the screen is tried again. */
  readonly place: string;
  readonly children: ReactNode;
}

interface State {
  readonly error: Error | null;
  readonly place: string;
}

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null, place: this.props.place };

  static getDerivedStateFromError(error: Error): Partial<State> {
    return { error };
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.place === state.place ? null : { error: null, place: props.place };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <Notice
        kind="error"
        wholeScreen
        title="This screen broke"
        actions={
          <button type="button" className="button" onClick={() => location.reload()}>
            Load the page again
          </button>
        }
      >
        <p>
          Nothing on the server was changed, and your selection is in the address. What the browser said:{' '}
          <code>{error.message}</code>
        </p>
      </Notice>
    );
  }
}
