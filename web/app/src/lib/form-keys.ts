// The keys of every form: Ctrl+S hands it in, Enter goes to the next field.
//
// In an open list Enter chooses, and where one thing is chosen goes on. A group of boxes or circles is one stop:
// Tab and the arrow keys move inside it, Space ticks.
import { type RefObject, useLayoutEffect } from "react";

const STOPS = "input:not([type=hidden], [type=file], [disabled]), select:not(.absence), textarea, button.save";

const groupOf = (input: HTMLInputElement) =>
  input.closest("[role=radiogroup], [role=group], .ant-radio-group, .ant-checkbox-group") ?? input.parentElement;

function isStop(element: HTMLElement): boolean {
  if (!(element instanceof HTMLInputElement) || !["radio", "checkbox"].includes(element.type)) return true;
  const all = [...(groupOf(element)?.querySelectorAll<HTMLInputElement>(`input[type=${element.type}]`) ?? [])];
  const chosen = element.type === "radio" ? all.find((each) => each.checked) : undefined;
  return element === (chosen ?? all[0]);
}

// Hidden parts (a closed fold) are no stops.
const isShown = (element: HTMLElement) => element.closest("details:not([open])") === null;

export function nextStop(form: ParentNode, from: HTMLElement): HTMLElement | null {
  const stops = [...form.querySelectorAll<HTMLElement>(STOPS)].filter(
    (each) => each === from || (isStop(each) && isShown(each)),
  );
  const group = from instanceof HTMLInputElement && ["radio", "checkbox"].includes(from.type) ? groupOf(from) : null;
  return stops.slice(stops.indexOf(from) + 1).find((each) => !group?.contains(each)) ?? null;
}

const isList = (element: HTMLElement) => element.getAttribute("role") === "combobox";
const isOpen = (element: HTMLElement) => element.getAttribute("aria-expanded") === "true";
const choosesOne = (element: HTMLElement) => !element.closest(".ant-select-multiple");

export function useFormKeys(form: RefObject<HTMLElement | null>, save: () => void): void {
  // Before the form is painted: nobody can press a key it does not hear.
  useLayoutEffect(() => {
    const handleKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
        event.preventDefault();
        save();
        return;
      }
      const target = event.target;
      if (event.key !== "Enter" || event.isComposing || !(target instanceof HTMLElement)) return;
      if (!form.current?.contains(target) || !target.matches(STOPS)) return;
      if (target instanceof HTMLTextAreaElement || target instanceof HTMLButtonElement) return;
      const next = () => {
        if (form.current) nextStop(form.current, target)?.focus();
      };
      if (isList(target) && isOpen(target)) {
        // The list takes the key first.
        if (choosesOne(target)) setTimeout(() => isOpen(target) || next());
        return;
      }
      event.preventDefault();
      // A closed list would open; a date picker must take what was typed.
      if (isList(target)) event.stopPropagation();
      setTimeout(next);
    };
    document.addEventListener("keydown", handleKey, true);
    return () => document.removeEventListener("keydown", handleKey, true);
  }, [form, save]);
}
