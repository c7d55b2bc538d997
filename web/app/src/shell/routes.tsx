// Every page and its address. Pages come when they are opened; none imports another.
// 考核 will stand between 期限 and 审查; /district and /public beside /offices.
import { createBrowserRouter, type RouteObject } from "react-router-dom";
import { Layout } from "./layout";
import { Landing, OfficePages } from "./landing";
import { NotFound, PageFault } from "./page-fault";

type PageModule = { Page: React.ComponentType };

const page = (path: string, load: () => Promise<PageModule>): RouteObject => ({
  path,
  lazy: async () => ({ Component: (await load()).Page }),
  errorElement: <PageFault />,
});

const officePages: RouteObject[] = [
  page("workbench", () => import("../pages/workbench")),
  page("ledgers", () => import("../pages/ledger-catalogue")),
  page("ledgers/:ledger", () => import("../pages/entry-list")),
  page("ledgers/:ledger/print", () => import("../pages/ledger-print")),
  page("ledgers/:ledger/import", () => import("../pages/ledger-import")),
  page("ledgers/:ledger/new", () => import("../pages/entry-form")),
  page("ledgers/:ledger/entries/:id", () => import("../pages/entry-page")),
  page("ledgers/:ledger/entries/:id/amend", () => import("../pages/entry-form")),
  page("ledgers/:ledger/entries/:id/steps/:step", () => import("../pages/step-form")),
  page("ledgers/:ledger/entries/:id/print", () => import("../pages/case-print")),
  page("tasks", () => import("../pages/tasks")),
  page("clocks", () => import("../pages/clocks")),
  page("deadline", () => import("../pages/deadline")),
  page("duties", () => import("../pages/duties")),
  page("reviews", () => import("../pages/reviews")),
  page("reviews/:id", () => import("../pages/review-reader")),
  page("reports", () => import("../pages/reports")),
  page("reports/:report/:year", () => import("../pages/report-reader")),
  page("statistics", () => import("../pages/statistics")),
  page("organisation", () => import("../pages/organisation")),
  page("settings", () => import("../pages/settings")),
  page("settings/:part", () => import("../pages/settings")),
  page("search", () => import("../pages/search")),
];

export const router = createBrowserRouter([
  {
    path: "/",
    element: <Layout />,
    errorElement: <PageFault />,
    children: [
      { index: true, element: <Landing /> },
      { path: "offices", element: <Landing choose /> },
      { path: "offices/:office", element: <OfficePages />, children: [{ index: true, element: <Landing /> }, ...officePages] },
      { path: "*", element: <NotFound /> },
    ],
  },
]);
