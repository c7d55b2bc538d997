// A form that outlives reloads, lost sessions and lost answers: values, errors, draft, submission.
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Refusal } from "../api/refusal";
import { type Done, type Send, type Sent, Submission } from "../api/submission";
import type { Field } from "../api/types";
import { DraftKeeper, type KeptForm } from "./draft";
import { inputId } from "./field-row";
import { useFields } from "./use-fields";
import type { Values } from "./values";
import { firstPlace, placed, placeOf } from "./where";

export interface KeptFormOptions<Body, Answer> {
  whose: string;
  draftKey: string;
  ledger: string;
  fields: Field[]; // in the order of the page
  initial: Values;
  initialExtra: Record<string, string>;
  kept: KeptForm | null; // what an earlier visit left
  title: (values: Values) => string; // of the draft
  send: Send<Body, Answer>;
}

export function useKeptForm<Body, Answer>(options: KeptFormOptions<Body, Answer>) {
  const { kept, fields, initial, initialExtra } = options;
  const form = useFields({ ...initial, ...kept?.values });
  const [extra, setExtraState] = useState({ ...initialExtra, ...kept?.extra });
  const [changed, setChanged] = useState(kept !== null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const keeper = useMemo(
    () =>
      new DraftKeeper(
        options.whose,
        options.draftKey,
        options.ledger,
        new Set(fields.filter((field) => field.private).map((field) => field.id)),
      ),
    // The keys say all of it.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [options.whose, options.draftKey],
  );
  const now = useRef({ values: form.values, extra });
  now.current = { values: form.values, extra };
  const [storeFull, setStoreFull] = useState(false);
  const send = useRef(options.send);
  send.current = options.send;
  const titleOf = useRef(options.title);
  titleOf.current = options.title;
  const [submission] = useState(
    () =>
      new Submission<Body, Answer>(
        (body, key) => send.current(body, key),
        (kept?.sent as Sent<Body> | null) ?? null,
        (sent) => keeper.keep({ ...now.current, sent }, titleOf.current(now.current.values)),
      ),
  );
  const finished = useRef(false);

  const touched = form.touched || changed;
  useEffect(() => {
    if (!touched || finished.current) return;
    setStoreFull(!keeper.keep({ values: form.values, extra, sent: submission.pending }, titleOf.current(form.values)));
  }, [form.values, extra, touched, keeper, submission]);

  const setExtra = useCallback((name: string, value: string) => {
    setChanged(true);
    setExtraState((old) => ({ ...old, [name]: value }));
  }, []);

  const goTo = useCallback((key: string | undefined) => {
    const place = placeOf(key);
    if (!place) return;
    // After the errors are on the page.
    setTimeout(() => {
      const row = document.querySelector(`[data-place="${key}"]`);
      row?.scrollIntoView({ block: "center" });
      const input = document.getElementById(inputId(place)) ?? row?.querySelector<HTMLElement>("input, textarea, button");
      input?.focus();
    });
  }, []);

  const showFaults = useCallback(
    (faults: Record<string, string[]>) => {
      form.setErrors(faults);
      goTo(firstPlace(faults, fields.map((field) => field.id)));
    },
    [form.setErrors, fields, goTo],
  );

  // Undefined: refused or unanswered; `error` and the fields say why.
  const submit = useCallback(
    async (body: Body): Promise<Done<Body, Answer> | undefined> => {
      setBusy(true);
      setError(null);
      try {
        const done = await submission.submit(body);
        finished.current = true;
        void keeper.drop(true);
        return done;
      } catch (failure) {
        setError(failure);
        if (failure instanceof Refusal) {
          const { at } = placed(failure.parts, new Set(fields.map((field) => field.id)));
          showFaults(at);
        }
        return undefined;
      } finally {
        setBusy(false);
      }
    },
    [submission, keeper, fields, showFaults],
  );

  const discard = useCallback(async () => {
    finished.current = true;
    await keeper.drop(true);
  }, [keeper]);

  // What of the refusal belongs to no field.
  const unplaced =
    error instanceof Refusal ? placed(error.parts, new Set(fields.map((field) => field.id))).elsewhere : undefined;

  return {
    ...form,
    extra,
    setExtra,
    error,
    setError,
    unplaced,
    busy,
    submit,
    discard,
    showFaults,
    storeFull,
    pending: submission.pending,
    wasKept: kept !== null,
  };
}

export type KeptFormState<Body, Answer> = ReturnType<typeof useKeptForm<Body, Answer>>;
