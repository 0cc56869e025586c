// Decides how the rest of a list is asked for, and put away again.

export interface MoreButtonProps {
  /** Whether all is shown. */
  readonly all: boolean;
  readonly onToggle: () => void;
  readonly more: string;
  readonly fewer?: string;
}

export function MoreButton({ all, onToggle, more, fewer = 'Show fewer' }: MoreButtonProps) {
  return (
    <button type="button" className="button quiet more" aria-expanded={all} onClick={onToggle}>
      {all ? fewer : more}
    </button>
  );
}
