// What stands around every page: looks, questions to the server, who is signed in, where one is.
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { ConfigProvider } from "antd";
import zhCN from "antd/locale/zh_CN";
import { RouterProvider } from "react-router-dom";
import { isWorthRetrying, Refusal } from "../api/refusal";
import { router } from "./routes";
import { SessionGate } from "./session";
import { Toasts } from "./toasts";

const ATTEMPTS_MAX = 2;

const client = new QueryClient({
  queryCache: new QueryCache(),
  mutationCache: new MutationCache(),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: true,
      networkMode: "always", // an office's network need not reach the internet
      retry: (failures, error) =>
        failures < ATTEMPTS_MAX && isWorthRetrying(error) && !(error instanceof Refusal && error.status === 500),
    },
    mutations: { networkMode: "always", retry: false },
  },
});

const theme = {
  cssVar: false,
  token: {
    colorPrimary: "#0b5cad",
    colorLink: "#0b5cad",
    colorError: "#b3261e",
    colorTextPlaceholder: "#696f78",
    colorTextDescription: "#565d66",
    borderRadius: 4,
    fontSize: 15,
    fontFamily: '"Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei","PingFang SC",sans-serif',
    motion: !window.matchMedia("(prefers-reduced-motion: reduce)").matches,
  },
} as const;

export function Application({ nonce }: { nonce: string }) {
  return (
    <ConfigProvider locale={zhCN} theme={theme} csp={{ nonce }} button={{ autoInsertSpace: false }}>
      <QueryClientProvider client={client}>
        <SessionGate>
          <RouterProvider router={router} future={{ v7_startTransition: true }} />
        </SessionGate>
        <Toasts />
      </QueryClientProvider>
    </ConfigProvider>
  );
}
