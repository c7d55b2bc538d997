#include <exception>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/command_line.h"
#include "cli/errors.h"
#include "cli/session.h"
#include "storage/failure.h"

namespace fazhi::cli {
namespace {

using Command = Result<int> (*)(Session&);

// What a sub-command is called, what it takes, and what does it.
class Parser {
public:
    Parser(Options& options, Command& chosen) : options_(options), chosen_(chosen) {
        root_.require_subcommand(1);
        root_.add_option("--database", options_.defaults.database,
                         "SQLite 文件，或 postgresql://…（也可用环境变量 FAZHI_DATABASE）");
        root_.add_option("--data", options_.defaults.data,
                         "密钥与佐证材料的文件夹（默认 数据库文件名.data；PostgreSQL 必填）");
        root_.add_option("--packs", options_.defaults.packs, "定义包所在文件夹（默认 packs）");
        root_.add_option("--config", options_.config, "配置文件（YAML）");
        root_.add_flag("--json", options_.json, "结果与错误都用 JSON 输出");
        root_.fallthrough();
        add_commands();
    }

    CLI::App& root() { return root_; }

private:
    CLI::App* add(CLI::App& parent, const std::string& name, const std::string& about,
                  Command command) {
        CLI::App* sub = parent.add_subcommand(name, about);
        sub->callback([this, command] { chosen_ = command; });
        sub->fallthrough();
        return sub;
    }
    void needs_jurisdiction(CLI::App* sub) {
        sub->add_option("--jurisdiction", options_.jurisdiction, "辖区代码，如 qianjin")
            ->required();
    }
    void needs_year(CLI::App* sub) {
        sub->add_option("--year", options_.year, "年度，如 2023")
            ->required()
            ->check(CLI::Range(1980, 2200));
    }
    void takes_person(CLI::App* sub) {
        sub->add_option("--as", options_.as, "办理人（代码或姓名）");
    }
    void needs_ground(CLI::App* sub) {
        sub->add_option("--ground", options_.ground,
                        "事由：purpose_met 不再必要、period_over 期限届满、consent_withdrawn "
                        "撤回同意、unlawful 违法处理、other 其他法定情形")
            ->required();
    }
    void takes_words(CLI::App* sub, const std::string& name, const std::string& about,
                     bool required) {
        auto* option = sub->add_option(name, options_.words, about);
        if (required) option->required();
    }

    void add_commands() {
        auto* init = add(root_, "init", "建立数据库、密钥；已有的不变", init_command);
        init->add_option("--hash", options_.hash, "摘要算法：sm3 或 sha256")
            ->check(CLI::IsMember({"sm3", "sha256"}));
        init->add_option("--signature", options_.signature,
                         "签名算法：ed25519 或 sm2（SM2 配 SM3）；建库时选定，以后不变")
            ->check(CLI::IsMember({"ed25519", "sm2"}));
        takes_words(add(root_, "load",
                        "载入一个单位：office.yaml 与 ledgers/*.csv（历史导入）；已载入的不变",
                        load_command),
                    "folder", "单位文件夹", true);
        auto* measure = add(root_, "measure", "计算指标：数值与其后的台账", measure_command);
        needs_jurisdiction(measure);
        needs_year(measure);
        takes_words(measure, "measures", "指标 id；不写就是全部", false);
        measure->add_option("--where", options_.where,
                            "筛选条件（YAML 流式，如 \"{category: neighbour}\"）");
        measure->add_option("--by", options_.by, "分组：unit、month 或字段");
        measure->add_flag("--ranked", options_.ranked, "按名次排（指标写明 better 的）");
        add_report();
        add_journal();
        add_log();
        add_pack();
        add_review();
        add_sheets();
        add_entries();
        add_clocks();
        add_notices();
        add_persons();
        add_accounts();
        add_forms();
        add_backup();
        auto* serve = add(root_, "serve", "启动服务：网页和接口", serve_command);
        serve->add_option("--listen", options_.defaults.listen, "地址:端口，只限本机");
        serve->add_option("--web", options_.defaults.web, "网页文件所在的文件夹；不写只提供接口");
        add(root_, "openapi",
            "输出接口的说明（OpenAPI 3.1，JSON）：数据库里已安装的台账；没有数据库时只有通用部分",
            openapi_command)
            ->add_option("--jurisdiction", options_.jurisdiction,
                         "辖区代码：以它采用的定义为准；不写就是服务器给出的全部");
    }

    void add_backup() {
        auto* backup =
            add(root_, "backup", "备份数据库和佐证材料到一个新文件夹，不用停服务", backup_command);
        backup->add_flag("--with-keys", options_.with_keys,
                         "连同密钥：谁拿到这份备份，谁就能读密封的内容");
        backup->add_flag("--check", options_.check_only,
                         "不备份，只核对以前的一份：每个文件都在，一个字节不差");
        takes_words(backup, "folder", "备份所在的文件夹", true);
        auto* restore = add(root_, "restore",
                            "把备份恢复到 --database、--data 指明的空处，再次删除删除过的，核验",
                            restore_command);
        restore->add_option("--keys", options_.keys, "密钥文件夹；备份带有密钥的可以不写");
        restore->add_option("--destroyed", options_.destroyed,
                            "更新的 destroyed.jsonl：备份以后删除过的也再删除一次");
        takes_words(restore, "folder", "备份所在的文件夹", true);
    }

    void add_sheets() {
        auto* import =
            add(root_, "import", "从 XLSX 或 CSV 导入台账：先查错，再写入", import_command);
        needs_jurisdiction(import);
        import->add_option("--ledger", options_.ledger, "台账 id 或名称")->required();
        import->add_flag("--history", options_.history,
                         "历史导入：带办理日期列，只收启用日期之前的");
        import->add_flag("--check", options_.check_only, "只查错，不写入");
        takes_person(import);
        import->add_option("--sheet", options_.sheet, "工作表名称；不写就找表头最相符的");
        import
            ->add_option("--year", options_.year,
                         "没有写年份的日期（如 5月6日）是哪一年的；不写就不收")
            ->check(CLI::Range(1949, 2200));
        import->add_option("--remarks", options_.remarks, "有错时，标出错误的副本写到这个 .xlsx");
        takes_words(import, "file", "XLSX 或 CSV 文件", true);
        auto* undo = add(root_, "undo-import", "整批撤销一次导入：作废它新增的全部记录",
                         undo_import_command);
        needs_jurisdiction(undo);
        takes_person(undo);
        undo->add_option("--note", options_.note, "理由");
        undo->add_option("import", options_.entry, "导入记录是第几条")->required();
        auto* exporting = add(root_, "export",
                              "把台账或一个数据背后的台账导出为 XLSX 或 CSV，附导出说明"
                              "（不含私密栏目）",
                              export_command);
        needs_jurisdiction(exporting);
        auto* ledger = exporting->add_option("--ledger", options_.ledger, "台账 id 或名称");
        auto* template_wish =
            exporting->add_flag("--template", options_.blank, "只要空白模板，可选项做成下拉列表");
        exporting
            ->add_option("--measure", options_.measure,
                         "这个指标数值背后的台账，一条不多、一条不少；须写 --year")
            ->excludes(ledger)
            ->excludes(template_wish);
        exporting->add_option("--year", options_.year, "指标的年度")->check(CLI::Range(1980, 2200));
        exporting->add_option("--where", options_.where,
                              "筛选条件（YAML 流式，如 \"{kind: home, people: {min: 3}}\"）");
        exporting->add_option("--unit", options_.unit, "只要这个单位的：代码、名称或简称");
        exporting->add_option("--state", options_.state, "只要这个状态的：id 或名称");
        exporting->add_option("--from", options_.dated_from, "从这一天起，如 2023-01-01");
        exporting->add_option("--to", options_.dated_to, "到这一天为止");
        takes_person(exporting);
        takes_words(exporting, "file", "写到哪个文件", true);
    }

    void add_forms() {
        auto* check =
            add(root_, "spot-check", "抽查回头看：按签署的流水根值抽取若干条，谁都可以重算",
                spot_check_command);
        needs_jurisdiction(check);
        takes_person(check);
        check->add_option("--ledger", options_.ledger, "台账 id 或名称")->required();
        check->add_option("--where", options_.where, "范围（YAML 流式，如 \"{state: closed}\"）");
        check->add_option("--count", options_.count, "抽几条")->required();
        auto* form = root_.add_subcommand("form", "文书");
        form->require_subcommand(1);
        form->fallthrough();
        auto* issue =
            add(*form, "issue",
                "由一条台账制作文书（DOCX、PDF），带文号，并入台账；应当载明的没有填写就不制作",
                form_issue_command);
        needs_jurisdiction(issue);
        takes_person(issue);
        issue->add_option("--out", options_.out, "输出文件夹")->required();
        issue->add_flag("--check", options_.check_only, "只预览，不编文号，不入台账");
        issue->add_option("entry", options_.entry, "第几条")->required();
        takes_words(issue, "form", "文书 id 或名称", true);
        needs_jurisdiction(add(*form, "list", "有哪些文书，各用于哪个台账", form_list_command));
    }

    void add_clocks() {
        auto* clock = root_.add_subcommand("clock", "期限");
        clock->require_subcommand(1);
        clock->fallthrough();
        auto* list = add(*clock, "list", "进行中的期限，先到期的在前", clock_list_command);
        needs_jurisdiction(list);
        list->add_option("--to", options_.dated_to, "只列到这一天为止到期的");
        auto* explain = add(*clock, "explain", "一个期限怎样算出来的：逐日计入或不计，以及为什么",
                            clock_explain_command);
        needs_jurisdiction(explain);
        explain->add_option("entry", options_.entry, "第几条")->required();
        takes_words(explain, "clock", "期限 id 或名称", true);
        needs_jurisdiction(add(*clock, "renew", "重算全部期限：升级程序或更新定义包以后运行一次",
                               clock_renew_command));
        auto* calendar = root_.add_subcommand("calendar", "放假安排与期限计算");
        calendar->require_subcommand(1);
        calendar->fallthrough();
        auto* due = add(*calendar, "due", "从某日起多久，最后一日是哪天", calendar_due_command);
        due->add_option("--from", options_.dated_from, "起算日，如 2024-09-27")->required();
        due->add_option("--within", options_.within, "多久，如 \"20 workdays\"、30日、2个月")
            ->required();
        due->add_option("--law", options_.law, "按哪部法律的规则计算");
        due->add_flag("--party", options_.party, "当事人的期限：最后一日是休假日的顺延");
        auto* load =
            add(*calendar, "load", "采用一年的放假安排，重算受影响的期限", calendar_load_command);
        load->add_flag("--check", options_.check_only, "只看哪些期限会变，不采用");
        takes_words(load, "file", "放假安排（YAML）", true);
        add(root_, "tick", "每日一次：到期、逾期的提醒，依法视为的结果，定期义务的任务",
            tick_command);
        auto* duty = root_.add_subcommand("duty", "定期义务");
        duty->require_subcommand(1);
        duty->fallthrough();
        auto* duties = add(*duty, "list", "本期的定期义务：做到了没有，缺什么", duty_list_command);
        needs_jurisdiction(duties);
        duties->add_option("--from", options_.dated_from, "连同从这一天起的各期");
        auto* task = root_.add_subcommand("task", "任务");
        task->require_subcommand(1);
        task->fallthrough();
        auto* tasks = add(*task, "list", "任务台账：办到哪一步、核验结论、得分、佐证，先到期的在前",
                          task_list_command);
        needs_jurisdiction(tasks);
        tasks->add_option(
            "--state", options_.state,
            "open 待办（默认）、done 待销号、closed 已销号、cancelled 已取消，或 all");
        tasks->add_option("--unit", options_.unit, "只列这个单位的：代码、名称或简称");
        tasks->add_flag("--overdue", options_.overdue_only, "只列逾期的");
    }

    void add_notices() {
        auto* notice = root_.add_subcommand("notice", "提醒");
        notice->require_subcommand(1);
        notice->fallthrough();
        auto* list = add(*notice, "list", "提醒了谁什么，邮件等发出去没有", notice_list_command);
        needs_jurisdiction(list);
        list->add_option("--person", options_.person, "只列提醒这个人的");
        add(*notice, "deliver",
            "现在发出该发的提醒（邮件、接口；渠道写在配置文件里）：不开服务时由定时任务运行",
            notice_deliver_command);
    }

    void add_persons() {
        auto* person = root_.add_subcommand("person", "人员");
        person->require_subcommand(1);
        person->fallthrough();
        auto* email = add(*person, "email", "登记一个人收提醒的电子邮箱；不写邮箱就是取消",
                          person_email_command);
        needs_jurisdiction(email);
        takes_person(email);
        email->add_option("person", options_.person, "人员代码或姓名")->required();
        takes_words(email, "address", "电子邮箱", false);
        add_changes_of_person(*person);
        auto* destroy =
            add(*person, "destroy",
                "依法删除一名离任人员的代码、姓名和邮箱，终止其岗位；经手的台账不变，不可恢复",
                person_destroy_command);
        needs_jurisdiction(destroy);
        takes_person(destroy);
        needs_ground(destroy);
        destroy->add_option("person", options_.person, "人员代码或姓名")->required();
    }

    void add_changes_of_person(CLI::App& person) {
        auto* over = add(person, "hand-over",
                         "交接：一名人员手上没有办结的台账和任务都交给另一人；离任的同时终止岗位、"
                         "停用账号",
                         person_hand_over_command);
        needs_jurisdiction(over);
        takes_person(over);
        over->add_option("--note", options_.note, "理由，记在每条台账上");
        over->add_flag("--stays", options_.stays, "只交接，不离任：岗位和账号不变");
        over->add_option("from", options_.person, "移交人：代码或姓名")->required();
        over->add_option("to", options_.to_person, "接手人：代码或姓名")->required();
        auto* stand_in = add(person, "stand-in", "代理：从某日到某日，由另一人代行一名人员的岗位",
                             person_stand_in_command);
        needs_jurisdiction(stand_in);
        takes_person(stand_in);
        stand_in->add_option("--from", options_.dated_from, "第一天，如 2024-05-06")->required();
        stand_in->add_option("--to", options_.dated_to, "最后一天")->required();
        stand_in->add_option("away", options_.person, "不在岗的人：代码或姓名")->required();
        stand_in->add_option("person", options_.to_person, "代理人：代码或姓名")->required();
        needs_jurisdiction(add(person, "stand-ins", "没有终止的代理", person_stand_ins_command));
        auto* end = add(person, "end-stand-in", "提前终止一项代理", person_end_stand_in_command);
        needs_jurisdiction(end);
        takes_person(end);
        end->add_option("number", options_.entry, "第几号")->required();
    }

    CLI::App* add_account(CLI::App& account, const std::string& name, const std::string& about,
                          Command command) {
        CLI::App* sub = add(account, name, about, command);
        needs_jurisdiction(sub);
        takes_person(sub);
        return sub;
    }

    void add_accounts() {
        auto* account = root_.add_subcommand("account", "账号、访问令牌和访问日志");
        account->require_subcommand(1);
        account->fallthrough();
        const auto of_person = [&](CLI::App* sub) {
            sub->add_option("person", options_.person, "人员代码或姓名")->required();
            return sub;
        };
        add_account(*account, "create", "给人员建账号，各输出一次性口令", account_create_command)
            ->add_option("person", options_.persons, "人员代码或姓名，可以几个")
            ->required();
        of_person(add_account(*account, "reset",
                              "重置口令：解除锁定，退出各处登录，收回令牌，输出一次性口令；"
                              "没有账号的就建立",
                              account_reset_command))
            ->add_flag("--without-codes", options_.without_codes, "手机丢了：同时停用动态码");
        of_person(add_account(*account, "disable", "停用账号：立即退出各处登录，收回令牌",
                              account_disable_command));
        of_person(add_account(*account, "enable", "重新启用账号", account_enable_command));
        auto* external = add_account(*account, "external",
                                     "绑定一名人员在统一身份认证的编号；编号写 \"\" 是解除",
                                     account_external_command);
        of_person(external);
        takes_words(external, "subject", "认证方的编号", true);
        add_account(*account, "list", "每名人员的账号", account_list_command);
        add_account(*account, "missing", "给还没有账号的人员都建账号：登录名、姓名、一次性口令",
                    account_missing_command);
        auto* log = add_account(*account, "log", "访问日志，新的在前", account_log_command);
        log->add_option("--person", options_.person, "只列这个人的");
        log->add_option("--from", options_.dated_from, "从这一天起，如 2024-05-06");
        log->add_option("--to", options_.dated_to, "到这一天为止");
        add_tokens(*account);
    }

    void add_tokens(CLI::App& account) {
        auto* token = account.add_subcommand("token", "访问令牌：给程序用，只属于 --as 本人");
        token->require_subcommand(1);
        token->fallthrough();
        auto* create =
            add_account(*token, "create", "设一个令牌，只输出一次", token_create_command);
        create
            ->add_option("--may", options_.abilities,
                         "权限，可写多个：view、record、move、assign、close、export、publish、"
                         "verify")
            ->required()
            ->delimiter(',');
        create->add_option("--ledger", options_.ledgers, "只限这些台账，可写多个")->delimiter(',');
        create->add_option("--to", options_.dated_to, "用到哪一天，如 2024-12-31")->required();
        create->add_option("title", options_.title, "作什么用")->required();
        add_account(*token, "list", "本人的令牌", token_list_command);
        add_account(*token, "revoke", "收回一个令牌", token_revoke_command)
            ->add_option("number", options_.entry, "第几号")
            ->required();
    }

    void add_entries() {
        auto* search = add(root_, "search", "按字词检索台账（不查私密栏目）", search_command);
        needs_jurisdiction(search);
        takes_person(search);
        search->add_option("--ledger", options_.ledger, "只在这个台账里找");
        search->add_option("--from", options_.dated_from, "从这一天起，如 2023-01-01");
        search->add_option("--to", options_.dated_to, "到这一天为止");
        takes_words(search, "words", "要找的字词", true);
        auto* destroy = add(root_, "destroy",
                            "依法删除一条记录里的个人信息和文字；流水、统计、摘要不变，不可恢复",
                            destroy_command);
        needs_jurisdiction(destroy);
        takes_person(destroy);
        destroy->add_option("--ledger", options_.ledger, "台账 id 或名称")->required();
        needs_ground(destroy);
        destroy->add_option("entry", options_.entry, "第几条")->required();
        add(root_, "destroy-again", "恢复旧备份以后：把以前删除过的再删除一次",
            destroy_again_command);
    }

    void add_report() {
        auto* report = root_.add_subcommand("report", "年度报告等");
        report->require_subcommand(1);
        report->fallthrough();
        auto* build = add(*report, "build", "生成 DOCX、PDF、HTML；加 --sign 则签发并冻结数据",
                          report_command);
        needs_jurisdiction(build);
        needs_year(build);
        build->add_option("--out", options_.out, "输出文件夹")->required();
        build->add_option(
            "--report", options_.report,
            "哪种报告（默认 annual，年度报告）：定义包里的名称，如 disclosure_annual");
        build->add_flag("--sign", options_.sign, "签发");
        build->add_option("--cleared-by", options_.cleared_by, "保密审查人");
        takes_person(build);
    }

    void add_journal() {
        auto* journal = root_.add_subcommand("journal", "台账流水：校验、签名、导出、重建");
        journal->require_subcommand(1);
        journal->fallthrough();
        auto* verify =
            add(*journal, "verify", "重新计算每一条，并与各表逐行核对", journal_verify_command);
        needs_jurisdiction(verify);
        verify->add_option("--since", options_.since, "以前的签名文本（文件）：流水须是它的延续");
        verify->add_flag("--hashes", options_.hashes_only, "只核对摘要与签名（快），不核对各表");
        auto* proof = add(*journal, "proof",
                          "证明某条在流水之中（--seq），或流水是以前的延续（--from），输出 JSON",
                          journal_proof_command);
        needs_jurisdiction(proof);
        auto* seq = proof->add_option("--seq", options_.seq, "第几条");
        proof->add_option("--from", options_.from, "以前有多少条")->excludes(seq);
        proof->add_option("--size", options_.size, "流水有多少条时；不写就是现在");
        needs_jurisdiction(
            add(*journal, "checkpoint", "签署当前流水，输出签名文本", journal_checkpoint_command));
        add(*journal, "key", "输出核验公钥：别人凭它核对签名文本", journal_key_command);
        needs_jurisdiction(
            add(*journal, "export", "逐行输出 JSON：seq、leaf_hash、body", journal_export_command));
        needs_jurisdiction(add(*journal, "replay", "由流水重建各表", journal_replay_command));
    }

    void add_log() {
        auto* log = root_.add_subcommand("log", "服务器日志：各单位流水的总账");
        log->require_subcommand(1);
        log->fallthrough();
        add(*log, "sign", "收入各单位流水现在的样子并签署", log_sign_command)
            ->add_option("--deliver", options_.defaults.deliver_to, "另写到这个文件夹");
        add(*log, "verify", "核对服务器日志，以及各单位流水是否仍如签署时", log_verify_command)
            ->add_option("--since", options_.since, "别处保存的签名文本（文件）");
    }

    void add_review() {
        auto* review = add(root_, "review", "审查别人写的报告：读出层次、数字、引用，指出问题",
                           review_command);
        takes_words(review, "files", "报告文件，或者文件夹：里面的报告互相对照", true);
        review->add_option("--unit", options_.unit, "应是哪个单位的报告");
        review->add_option("--year", options_.year, "应是哪一年度的报告")
            ->check(CLI::Range(1980, 2200));
        review->add_flag("--sarif", options_.sarif, "结果用 SARIF 2.1.0 输出");
        review->add_option(
            "--html", options_.html,
            "审查页：一份报告写成这个文件，多份写进这个文件夹（从 index.html 看起）");
        review->add_option("--docx", options_.docx, "批注稿：一份报告写成这个文件，多份写进文件夹");
        review->add_option("--xlsx", options_.xlsx, "汇总、单位×规则、雷同、各单位数字的表格");
        review->add_option("--results", options_.results,
                           "结果留在这个文件夹，下次只做新的和变了的；不写就不留");
        review
            ->add_option("--against", options_.against,
                         "与这个数据库里 --jurisdiction 的台账对照（数据库文件或 postgresql://…）")
            ->each([this](const std::string& place) { options_.defaults.database = place; });
        review->add_option("--jurisdiction", options_.jurisdiction, "台账是哪个单位的");
        review->footer(
            "退出码：0 没有错误；1 查出错误，或多份里有读不成的；2 用法不对；3 读写出错。");
    }

    void add_pack() {
        auto* pack = root_.add_subcommand("pack", "定义包");
        pack->require_subcommand(1);
        pack->fallthrough();
        takes_words(add(*pack, "check", "检查：列出全部问题", pack_check_command), "paths",
                    "定义包文件夹", true);
        takes_words(add(*pack, "test", "检查并运行情景", pack_test_command), "paths",
                    "定义包文件夹", true);
        takes_words(add(*pack, "show", "列出台账、状态、指标", pack_show_command), "paths",
                    "定义包文件夹", true);
        takes_words(add(*pack, "diff", "比较两版", pack_diff_command), "paths", "旧、新两个文件夹",
                    true);
        takes_words(add(*pack, "install", "安装到数据库", pack_install_command), "paths",
                    "定义包文件夹", true);
        needs_jurisdiction(add(*pack, "adopt", "一个单位改用现在安装的版本：列出变化，重算期限",
                               pack_adopt_command));
    }

    CLI::App root_{"法治台账：街道、社区和司法所的依法行政工作台账"};
    Options& options_;
    Command& chosen_;
};

int accident(const std::string& message) {
    print_note(message);
    return 3;
}

int run_command(const Options& options, Command command, const Doors& doors,
                const calendar::Clock& clock) {
    try {
        Session session(options, doors, clock);
        const Result<int> done = command(session);
        if (done) return *done;
        print_refusal(done.error(), options.json);
        return exit_code(done.error());
    } catch (const storage::Failure& failure) {
        return accident(fmt::format("{}（{}）", storage::message_for(failure), failure.what()));
    } catch (const std::exception& failure) {
        return accident(fmt::format("出了意外，什么都没有改：{}", failure.what()));
    }
}

// What the parser of the command line has against it, in our words.
Error refusal_of(const CLI::ParseError& error) {
    const std::string kind = error.get_name();
    const std::string said = error.what();
    const auto before = [&said](std::string_view mark) { return said.substr(0, said.find(mark)); };
    const auto after = [&said](std::string_view mark) {
        const auto at = said.find(mark);
        return at == std::string::npos ? said : said.substr(at + mark.size());
    };
    std::string text = fmt::format("命令写得不对：{}", said);
    if (kind == "RequiredError") {
        text = said.find("subcommand") != std::string::npos
                   ? "命令不完整，后面还要写做什么"
                   : fmt::format("缺少 {}", before(" is required"));
    } else if (kind == "ExtrasError") {
        text = fmt::format("不认识“{}”", after("expected: "));
    } else if (kind == "ConversionError") {
        text = fmt::format("“{}”不是要求的数", after("convert: "));
    } else if (kind == "ArgumentMismatch") {
        text = fmt::format("{} 后面缺少内容", before(":"));
    }
    return {ErrorKind::InvalidInput, errors::kBadOption,
            fmt::format("{}；加 --help 看写法。", text), "command"};
}

}  // namespace

int run(int argument_count, char** arguments, const Defaults& defaults, const Doors& doors,
        const calendar::Clock& clock) {
    Options options;
    options.defaults = defaults;
    Command command = nullptr;
    Parser parser(options, command);
    try {
        parser.root().parse(argument_count, arguments);
        if (!options.config.empty()) {
            // The file stands under what the command line says, so it is read first and the line
            // again over it.
            const Result<Defaults> read = doors.read_config(options.config, defaults);
            if (!read) {
                print_refusal(read.error(), options.json);
                return exit_code(read.error());
            }
            options = {};
            options.defaults = *read;
            Parser again(options, command);
            again.root().parse(argument_count, arguments);
        }
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return parser.root().exit(error);  // --help
        print_refusal(refusal_of(error), options.json);
        return 2;
    }
    return run_command(options, command, doors, clock);
}

}  // namespace fazhi::cli
