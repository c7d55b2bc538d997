// The frame of every page: header, the warning that nothing secret belongs here, menu, page.
import { useQueryClient } from "@tanstack/react-query";
import { Suspense, useEffect, useRef } from "react";
import { Outlet, useLocation, useNavigation, useParams } from "react-router-dom";
import { followEvents } from "../api/events";
import { Menu } from "./menu";
import { OfficeSwitch } from "./office-switch";
import { SearchBox } from "./search-box";
import { UserMenu } from "./user-menu";

export function Layout() {
  const { office = "" } = useParams();
  const client = useQueryClient();
  const location = useLocation();
  const navigation = useNavigation();
  const drawer = useRef<HTMLDialogElement>(null);
  useEffect(() => (office ? followEvents(client, office) : undefined), [client, office]);
  useEffect(() => drawer.current?.close(), [location]);
  return (
    <>
      <a className="skip" href="#main">
        跳到正文
      </a>
      <header>
        <div className="top">
        <button
          type="button"
          className="menu-button"
          aria-label="打开菜单"
          onClick={() => drawer.current?.showModal()}
        >
          ☰
        </button>
        <span className="brand">法治台账</span>
        <OfficeSwitch office={office} />
        {office && <SearchBox office={office} />}
        <UserMenu office={office} />
        </div>
        <p className="secrecy">非涉密系统，严禁录入涉密信息</p>
      </header>
      <div className="frame">
        {office && (
          <nav className="side" aria-label="主菜单">
            <Menu office={office} />
          </nav>
        )}
        <dialog
          ref={drawer}
          className="drawer"
          aria-label="菜单"
          onClick={(event) => {
            if (event.target === drawer.current) drawer.current.close();
          }}
        >
          <button type="button" className="close" aria-label="关闭菜单" onClick={() => drawer.current?.close()}>
            ×
          </button>
          {office && <Menu office={office} />}
        </dialog>
        <main id="main" tabIndex={-1} aria-busy={navigation.state !== "idle"}>
          {navigation.state !== "idle" && <div className="loading-line" />}
          <Suspense fallback={<p className="waiting">正在打开…</p>}>
            <Outlet />
          </Suspense>
        </main>
      </div>
    </>
  );
}
