// Short news at the page's edge, read out by screen readers, gone by itself.
import { useSyncExternalStore } from "react";

type Kind = "done" | "failed";
interface Toast {
  id: number;
  kind: Kind;
  text: string;
}

const SHOWN_MS = { done: 5000, failed: 12_000 };
let toasts: Toast[] = [];
let next = 1;
const listeners = new Set<() => void>();

function change(to: Toast[]): void {
  toasts = to;
  for (const listener of listeners) listener();
}

export function toast(kind: Kind, text: string): void {
  const id = next++;
  change([...toasts.filter((each) => each.text !== text), { id, kind, text }]);
  setTimeout(() => change(toasts.filter((each) => each.id !== id)), SHOWN_MS[kind]);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function Toasts() {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map(({ id, kind, text }) => (
        <div key={id} className={`toast ${kind}`}>
          {text}
          <button type="button" aria-label="关闭提示" onClick={() => change(toasts.filter((each) => each.id !== id))}>
            ×
          </button>
        </div>
      ))}
    </div>
  );
}
