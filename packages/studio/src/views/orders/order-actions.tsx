// Decides what can be done with an open order: its address copied, its page printed.
import { useState } from 'react';

export function OrderActions() {
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(location.href);
      setCopied('yes');
    } catch {
      setCopied('failed');
    }
  };
  return (
    <span className="order-actions">
      <button type="button" className="button quiet" onClick={() => void copy()}>
        {copied === 'yes' ? 'Copied' : copied === 'failed' ? 'Cannot copy here' : 'Copy link'}
      </button>
      <button type="button" className="button quiet" onClick={() => print()}>
        Print
      </button>
    </span>
  );
}
