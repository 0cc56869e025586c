// Decides how high the map may be: as high as the room it stands in.
import { type RefObject, useEffect, useState } from 'react';

export function useHeight(ref: RefObject<HTMLElement | null>, initial: number): number {
  const [height, setHeight] = useState(initial);
  useEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setHeight(Math.max(320, Math.floor(element.clientHeight))));
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return height;
}
