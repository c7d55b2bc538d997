// Every question the pages ask, as TanStack queries. The first words of a key are what changes invalidate.
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { get, type Query } from "./client";
import type * as api from "./types";

const of = (office: string, rest: string) => `/offices/${encodeURIComponent(office)}${rest}`;
export const entryPath = (office: string, ledger: string, id: number | string, rest = "") =>
  of(office, `/ledgers/${ledger}/entries/${id}${rest}`);
export const ledgerPath = (office: string, ledger: string, rest = "") => of(office, `/ledgers/${ledger}${rest}`);
export const officePath = of;

const LONG_MS = 10 * 60_000; // what changes only when packs or people do

export const useOffice = (office: string) =>
  useQuery({ queryKey: ["office", office], queryFn: () => get<api.Office>(of(office, "")), staleTime: LONG_MS, enabled: office !== "" });

export const useWorkbench = (office: string) =>
  useQuery({ queryKey: ["workbench", office], queryFn: () => get<api.Workbench>(of(office, "/workbench")) });

export const useLedgers = (office: string) =>
  useQuery({
    queryKey: ["ledgers", office],
    queryFn: async () => (await get<{ items: api.LedgerSummary[] }>(of(office, "/ledgers"))).items,
    staleTime: 60_000,
  });

export const useLedger = (office: string, ledger: string) =>
  useQuery({
    queryKey: ["ledger", office, ledger],
    queryFn: () => get<api.Ledger>(ledgerPath(office, ledger)),
    staleTime: LONG_MS,
    enabled: ledger !== "",
  });

export const useEntryPage = (office: string, ledger: string, query: Query) =>
  useQuery({
    queryKey: ["entries", office, ledger, query],
    queryFn: ({ signal }) =>
      get<api.EntryPage>(ledgerPath(office, ledger, "/entries"), { ...query, count: "no" }, signal),
    placeholderData: keepPreviousData,
  });

// How many there are on all pages: counted apart, so that the page does not wait for it.
export const useEntryTotal = (office: string, ledger: string, filter: Query) =>
  useQuery({
    queryKey: ["entries", office, ledger, "total", filter],
    queryFn: async ({ signal }) => {
      const page = await get<api.EntryPage>(ledgerPath(office, ledger, "/entries"), { ...filter, limit: 1 }, signal);
      return page.total;
    },
    placeholderData: keepPreviousData,
  });

export const useEntry = (office: string, ledger: string, id: string) =>
  useQuery({ queryKey: ["entry", office, ledger, id], queryFn: () => get<api.Entry>(entryPath(office, ledger, id)) });

export const useSearch = (office: string, query: { words: string; ledger?: string; from?: string; to?: string }) =>
  useInfiniteQuery({
    queryKey: ["search", office, query],
    queryFn: ({ pageParam }) => get<api.Hits>(of(office, "/search"), { ...query, cursor: pageParam }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next || undefined,
    enabled: query.words !== "",
  });

export const useClocks = (office: string, query: Query) =>
  useQuery({
    queryKey: ["clocks", office, query],
    queryFn: () => get<api.DueList>(of(office, "/clocks"), query),
    placeholderData: keepPreviousData,
  });

export const useTasks = (office: string, query: Query) =>
  useQuery({
    queryKey: ["tasks", office, query],
    queryFn: async () => (await get<api.Tasks>(of(office, "/tasks"), query)).items,
    placeholderData: keepPreviousData,
  });

export const useDuties = (office: string, on: string) =>
  useQuery({
    queryKey: ["duties", office, on],
    queryFn: async () => (await get<api.Duties>(of(office, "/duties"), { on })).items,
    placeholderData: keepPreviousData,
  });

export const useNotices = (office: string) =>
  useQuery({ queryKey: ["notices", office], queryFn: async () => (await get<api.Notices>(of(office, "/notices"), { all: true })).items });

export const useMeasures = (office: string) =>
  useQuery({
    queryKey: ["measures", office],
    queryFn: async () => (await get<api.Measures>(of(office, "/measures"))).items,
    staleTime: LONG_MS,
  });

export const useStatistics = (office: string, measure: string, query: Query) =>
  useQuery({
    queryKey: ["statistics", office, measure, query],
    queryFn: () => get<api.Statistics>(of(office, `/measures/${measure}`), query),
    placeholderData: keepPreviousData,
    enabled: measure !== "",
  });

// The entries behind a figure, page by page.
export const useBehind = (office: string, path: string, query: Query, enabled = true) =>
  useInfiniteQuery({
    queryKey: ["behind", office, path, query],
    queryFn: ({ pageParam }) => get<api.Behind>(of(office, path), { ...query, cursor: pageParam }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next || undefined,
    enabled,
  });

export const useReports = (office: string) =>
  useQuery({ queryKey: ["reports", office], queryFn: async () => (await get<api.ReportNames>(of(office, "/reports"))).items });

export const useReport = (office: string, report: string, year: string) =>
  useQuery({
    queryKey: ["report", office, report, year],
    queryFn: () => get<api.Report>(of(office, `/reports/${report}/${year}`)),
    staleTime: 60_000,
  });

export const useReviews = (office: string) =>
  useInfiniteQuery({
    queryKey: ["reviews", office],
    queryFn: ({ pageParam }) => get<api.ReviewedReports>(of(office, "/reviews"), { cursor: pageParam }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next || undefined,
  });

export const useReview = (office: string, id: string) =>
  useQuery({ queryKey: ["review", office, id], queryFn: () => get<api.Review>(of(office, `/reviews/${id}`)), staleTime: 60_000 });

export const useReviewDiff = (office: string, id: string) =>
  useQuery({ queryKey: ["review", office, id, "diff"], queryFn: () => get<api.ReviewDiff>(of(office, `/reviews/${id}/diff`)) });

// Some reports a page: each is read before it is counted.
export const useReviewTable = (year: number) =>
  useInfiniteQuery({
    queryKey: ["review-table", year],
    queryFn: ({ pageParam }) => get<api.ReviewTable>("/review-table", { year, cursor: pageParam }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next || undefined,
  });

export const useOwnReview = (office: string, report: string, year: string, enabled: boolean) =>
  useQuery({
    queryKey: ["own-review", office, report, year],
    queryFn: () => get<api.OwnReview>(of(office, `/own-reviews/${report}/${year}`)),
    staleTime: 60_000,
    retry: false,
    enabled,
  });

export const useSettings = (office: string) =>
  useQuery({ queryKey: ["settings", office], queryFn: async () => (await get<api.Settings>(of(office, "/settings"))).items });

export const useAccounts = (office: string) =>
  useQuery({ queryKey: ["accounts", office], queryFn: async () => (await get<api.Accounts>(of(office, "/accounts"))).items });

export const useCalendars = (office: string) =>
  useQuery({
    queryKey: ["calendars", office],
    queryFn: async () => (await get<api.CalendarYears>(of(office, "/calendars"))).items,
    staleTime: LONG_MS,
  });

export const usePacks = (office: string) =>
  useQuery({ queryKey: ["packs", office], queryFn: () => get<api.PacksInForce>(of(office, "/packs")) });

export const useDrafts = () =>
  useQuery({ queryKey: ["drafts"], queryFn: async () => (await get<api.Drafts>("/drafts")).items });

export const useSavedViews = () =>
  useQuery({ queryKey: ["views"], queryFn: async () => (await get<api.SavedViews>("/views")).items, staleTime: LONG_MS });

export const useTokens = () =>
  useQuery({ queryKey: ["tokens"], queryFn: async () => (await get<api.Tokens>("/tokens")).items });

export const useSessions = () =>
  useQuery({ queryKey: ["sessions"], queryFn: async () => (await get<api.OpenSessions>("/session/list")).items });

export const useLaws = () =>
  useQuery({ queryKey: ["laws"], queryFn: async () => (await get<api.Laws>("/laws")).items, staleTime: LONG_MS });

export const useDeadline = (query: Query) =>
  useQuery({
    queryKey: ["deadline", query],
    queryFn: () => get<api.Deadline>("/deadline", query),
    enabled: Boolean(query.from && query.within),
    retry: false,
  });

export const useStandIns = (office: string) =>
  useQuery({
    queryKey: ["stand-ins", office],
    queryFn: async () => (await get<api.StandIns>(of(office, "/stand-ins"))).items,
  });

export const useAccessLog = (office: string, query: Query) =>
  useInfiniteQuery({
    queryKey: ["access-log", office, query],
    queryFn: ({ pageParam }) => get<api.AccessLog>(of(office, "/access-log"), { ...query, cursor: pageParam }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next || undefined,
  });
