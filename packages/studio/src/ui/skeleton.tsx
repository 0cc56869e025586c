// Decides how loading looks: the shape of what comes, never a spinner.

export function Skeleton({
  width = '100%',
  height = 12,
}: {
  readonly width?: number | string;
  readonly height?: number;
}) {
  return <span className="skeleton" style={{ width, height }} aria-hidden="true" />;
}

/** Rows of a table that is on its way. */
export function SkeletonRows({ rows = 8, label = 'Loading' }: { readonly rows?: number; readonly label?: string }) {
  return (
    <div className="skeleton-rows" role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} style={{ height: 32, display: 'flex', alignItems: 'center', gap: 24, padding: '0 10px' }}>
          <Skeleton width="14%" />
          <Skeleton width={`${30 + ((row * 7) % 20)}%`} />
          <Skeleton width="10%" />
          <Skeleton width="16%" />
        </div>
      ))}
    </div>
  );
}
