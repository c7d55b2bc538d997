// The server's news: which entry of which ledger changed. What was asked about it is asked again, at most once
// in two seconds.
import type { QueryClient } from "@tanstack/react-query";
import { pathOf } from "./client";

const TOGETHER_MS = 2000;

export function followEvents(client: QueryClient, office: string): () => void {
  if (typeof EventSource === "undefined") return () => {};
  const changed = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = () => {
    timer = undefined;
    for (const each of changed) {
      const [ledger = "", entry = ""] = each.split("/");
      void client.invalidateQueries({ queryKey: ["entry", office, ledger, entry] });
      void client.invalidateQueries({ queryKey: ["entries", office, ledger] });
    }
    changed.clear();
    for (const key of ["workbench", "clocks", "tasks", "ledgers"]) {
      void client.invalidateQueries({ queryKey: [key, office] });
    }
  };
  const source = new EventSource(pathOf("/events", { office }));
  source.onmessage = (event: MessageEvent<string>) => {
    if (!event.lastEventId.startsWith(`${office}:`)) return;
    const { ledger, entry } = JSON.parse(event.data) as { ledger: string; entry: number };
    changed.add(`${ledger}/${entry}`);
    timer ??= setTimeout(tell, TOGETHER_MS);
  };
  return () => {
    source.close();
    clearTimeout(timer);
  };
}
