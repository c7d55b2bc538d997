// A new or corrected year of rest days: first every open deadline that it moves, then putting it in force.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router-dom";
import { newKey, request } from "../api/client";
import { officePath } from "../api/queries";
import type { CalendarAdoption } from "../api/types";
import { chineseDay } from "../lib/dates";
import { RefusalBox } from "../shell/refusal-box";
import { toast } from "../shell/toasts";

const EXAMPLE = `calendar: 2027
notice: 通知的网址
rest: {2027-01-01: 元旦}
work: {2027-02-06: 春节}`;

export function AdoptYear({ office }: { office: string }) {
  const client = useQueryClient();
  const [text, setText] = useState("");
  const [key, setKey] = useState(newKey);
  const path = officePath(office, "/calendars");
  const look = useMutation({
    mutationFn: () => request<CalendarAdoption>("POST", path, { body: { text }, query: { check: true }, key: newKey() }),
  });
  const adopt = useMutation({
    mutationFn: () => request<CalendarAdoption>("POST", path, { body: { text }, key }),
    onSuccess: async (done) => {
      toast("done", `${done.year}年的放假安排已经采用，${done.moved.length}个期限改了日期。`);
      setText("");
      setKey(newKey());
      look.reset();
      await client.invalidateQueries();
    },
  });
  const change = (next: string) => {
    setText(next);
    look.reset();
    adopt.reset();
  };
  const seen = look.data;
  return (
    <details className="card">
      <summary>
        <b>采用新的或更正过的一年</b>
      </summary>
      <label className="above" htmlFor="calendar-text">
        按国务院办公厅的通知填写：rest是放假的日子，work是周末上班的日子，各写明节日
      </label>
      <textarea
        id="calendar-text"
        className="input"
        rows={8}
        value={text}
        placeholder={EXAMPLE}
        onChange={(event) => change(event.target.value)}
      />
      <div className="bar above">
        <label className="button file-button">
          从文件读入
          <input
            type="file"
            className="unseen"
            accept=".yaml,.yml,.txt"
            onChange={(event) => {
              void event.target.files?.[0]?.text().then(change);
              event.target.value = "";
            }}
          />
        </label>
        <button
          type="button"
          className="button"
          aria-disabled={!text.trim() || look.isPending}
          onClick={() => {
            if (text.trim() && !look.isPending) look.mutate();
          }}
        >
          {look.isPending ? "正在推算…" : "先看会改动哪些期限"}
        </button>
      </div>
      <RefusalBox error={look.error ?? adopt.error} />
      {seen && (
        <>
          <h3>
            采用{seen.year}年的安排，本单位有{seen.moved.length}个期限改日期
          </h3>
          {seen.moved.length > 0 && (
            <div className="scroll-x" tabIndex={0} role="region" aria-label="改日期的期限">
              <table className="plain">
                <thead>
                  <tr>
                    <th scope="col">条目</th>
                    <th scope="col">期限</th>
                    <th scope="col">原来</th>
                    <th scope="col">改为</th>
                  </tr>
                </thead>
                <tbody>
                  {seen.moved.map((each) => (
                    <tr key={`${each.ledger}-${each.entry}-${each.clock_title}`}>
                      <td>
                        <Link to={`/offices/${office}/ledgers/${each.ledger}/entries/${each.entry}`}>{each.title}</Link>{" "}
                        <span className="quiet small">{each.ledger_title}</span>
                      </td>
                      <td>{each.clock_title}</td>
                      <td className="nowrap">{chineseDay(each.before) || "未定"}</td>
                      <td className="nowrap">{chineseDay(each.after) || "未定"}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
          <button
            type="button"
            className="button primary above"
            aria-disabled={adopt.isPending}
            onClick={() => !adopt.isPending && adopt.mutate()}
          >
            {adopt.isPending ? "正在采用…" : `采用${seen.year}年的安排`}
          </button>
        </>
      )}
    </details>
  );
}
