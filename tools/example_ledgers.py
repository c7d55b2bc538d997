"""Builds the rows of every example ledger of one office (see make_examples.py)."""
import datetime

import example_local
import example_words as words

YES_NO = {True: "是", False: "否"}


def fill(office):
    """Every ledger of the office: some of the year before, then the report's year. Nothing later: history ends where use begins."""
    totals = office.facts["totals"]
    registers(office, totals)
    last_year = {key: value * 9 // 10 // (10 if key == "materials" else 1) * (10 if key == "materials" else 1)
                 for key, value in totals["publicity"].items()}
    publicity(office, office.year - 1, last_year)
    publicity(office, office.year, totals["publicity"])
    for year, counts in ((office.year - 1, dict(found=11, mediated=3, agreed=3)), (office.year, totals["dispute"])):
        disputes(office, year, counts)
    for year, counts in ((office.year - 1, dict(found=5, removed=5, handed_over=0)), (office.year, totals["hazard"])):
        hazards(office, year, counts)
    meetings(office)
    studies(office, totals)
    trainings(office, totals)
    exams(office, totals)
    inspections(office, totals)
    counsel(office, totals)
    contracts(office, totals)
    litigation(office, totals)
    proposals(office, totals)
    work_list(office, totals)
    requests(office, totals)
    small_ledgers(office, totals)
    example_local.fill(office, totals)


def iso(day):
    return day.isoformat() if day else ""


def first(year):
    return datetime.date(year, 1, 1)


def registers(office, totals):
    year, dice = office.year, office.dice("registers")
    rows = [dict(name=f"{office.facts['name']}人民调解委员会", level="街道级", unit="司法所", head=office.mediators[0]["name"])]
    for unit in office.places:
        level = "社区级" if unit["kind"] == "community" else "村级"
        head = next(m["name"] for m in office.mediators if m["unit"] == unit["code"])
        rows.append(dict(name=f"{unit['name']}人民调解委员会", level=level, unit=unit["short"], head=head))
    committees = {row["unit"]: row["name"] for row in rows}
    table = [{"单位": r["unit"], "经办人": "", "名称": r["name"], "层级": r["level"], "主任": r["head"], "委员人数": dice.between(3, 7),
              "设立或换届日期": iso(datetime.date(year - 1, 3, 15)), "任期至": iso(datetime.date(year + 2, 3, 14))} for r in rows]
    table.append({"单位": "司法所", "名称": "原商业街人民调解委员会", "层级": "企事业单位和行业", "委员人数": 3, "设立或换届日期": iso(datetime.date(year - 4, 6, 1)),
                  "任期至": iso(datetime.date(year - 1, 5, 31))})
    office.add("mediation_committee", table)
    by_code = {u["code"]: u for u in office.units}
    table = []
    for i, person in enumerate(office.mediators + office.former_mediators):
        former = person in office.former_mediators
        unit = by_code[person["unit"]]
        table.append({"原编号": f"调解员{i + 1:03}", "单位": unit["short"], "姓名": person["name"], "所在调委会": committees[unit["short"]],
                      "类别": "调委会委员" if i % 4 else "专职调解员", "聘任日期": iso(datetime.date(year - 3 if former else year - 1, 1, 4)),
                      "聘期至": iso(datetime.date(year - 1, 12, 31) if former else datetime.date(year + 1, 12, 31))})
    office.add("mediator", table)
    table = []
    for i, person in enumerate(office.officers):
        issued = datetime.date(year if i == 0 else year - 2, 5, 20)
        table.append({"单位": by_code[person["unit"]]["short"], "姓名": person["name"], "执法证号": f"{office.facts['area']}{year % 100:02}{i + 1:03}",
                      "类别": "行政执法人员", "执法领域": dice.pick(["城市管理", "市容环境", "物业管理"]), "发证日期": iso(issued),
                      "有效期至": iso(datetime.date(issued.year + 5, 5, 19)), "有法律职业资格": YES_NO[i in (1, 4)]})
    table.append(dict(table[0], 姓名=office.lawyers[0]["name"], 执法证号=f"{office.facts['area']}{year % 100:02}901", 类别="执法监督人员",
                      单位="司法所", 有法律职业资格="是"))
    table.append(dict(table[0], 姓名=office.clerks["city_office"][0]["name"], 单位="城管办", 执法证号=f"{office.facts['area']}15001",
                      发证日期=iso(datetime.date(year - 6, 5, 20)), 有效期至=iso(datetime.date(year - 1, 5, 19)), 有法律职业资格="否"))
    table[0]["证据：执法证"] = office.png("certificate-1.png")
    office.add("enforcement_officer", table)
    role_holders(office)


def role_holders(office):
    dice, table, full = office.dice("roles"), [], office.code == "qianjin"
    for unit in office.places:
        roles = words.FIVE_ROLES if full else ["网格员", "人民调解员"][: 1 + dice.below(2)]
        for role in roles + (["法律明白人"] * dice.below(3)) + ["法治专员"]:
            started = office.day(dice, office.year, range(1, 3), (4, 26))
            table.append({"单位": unit["short"], "岗位": role, "姓名": office.new_name(dice),
                          "任职日期": iso(started), "任职至": iso(datetime.date(office.year + 1, 12, 31))})
    ended = dict(table[0], 岗位="网格员", 姓名=office.new_name(dice), 任职日期=iso(datetime.date(office.year - 2, 3, 1)),
                 任职至=iso(datetime.date(office.year - 1, 2, 28)))
    office.add("role_holder", table + [ended])


def publicity(office, year, counts):
    dice, n = office.dice(f"publicity{year}"), counts["n"]
    occasions, consults, safety = (dice.marks(counts[k], n) for k in ("occasions", "consultations", "safety"))
    materials = iter(dice.split(counts["materials"], n, 10))
    hung = dice.marks(min(counts["banners"], max(1, n * 3 // 5)), n)
    banners = iter(dice.split(counts["banners"], sum(hung)))
    lit = dice.marks(min(counts["screens"], n // 3) if counts["screens"] else 0, n)
    screens = iter(dice.split(counts["screens"], sum(lit)))
    online = [not consults[i] and not occasions[i] and dice.below(12) == 0 for i in range(n)]
    audience = iter(dice.split(counts["audience"], n - sum(online)))
    rows = []
    for i in range(n):
        unit = dice.pick(office.units if dice.below(3) == 0 else office.places)
        topics = [dice.pick(["防溺水", "反电诈", "反电诈"])] if safety[i] else [dice.pick([t for t in words.EVERYDAY if t not in ("防溺水", "反电诈")])]
        occasion, name = "日常", f"{topics[0]}宣传"
        if occasions[i]:
            key = dice.pick([k for k in words.NODES if not (k == "consumer" and not safety[i])])
            occasion, month, low, high, node_topics, name = words.NODES[key]
            day = office.workday(datetime.date(year, month, dice.between(low, high)))
            topics += [t for t in node_topics if safety[i] or t != "反电诈"]
            topics = topics if safety[i] else topics[1:]
        else:
            months = range(5, 10) if topics[0] == "防溺水" else range(1, 13)
            day = office.day(dice, year, months, (4, 27))
        site = "线上" if online[i] else "学校" if topics[0] == "防溺水" and dice.below(2) else dice.pick(words.SITES)
        forms = ["微信公众号"] if online[i] else [dice.pick(["现场宣传台", "讲座", "入户", "以案释法"])]
        forms += (["横幅"] if hung[i] else []) + (["电子屏"] if lit[i] else []) + (["法律咨询"] if consults[i] else [])
        forms += ["进校园"] if site == "学校" else []
        lecture = "讲座" in forms
        row = {"原编号": "", "单位": unit["short"], "经办人": office.clerk(dice, unit), "活动日期": iso(day),
               "活动名称": f"{unit['short']}{name}", "节点": occasion, "形式": "、".join(forms), "主题": "、".join(dict.fromkeys(topics)), "场所": site,
               "涉及法律": "、".join(dict.fromkeys(words.LAWS[t] for t in topics)),
               "主讲人": (dice.pick(office.leaders)["name"] if dice.below(3) == 0 else office.lawyers[0]["name"]) if lecture else "",
               "发放资料": next(materials), "悬挂横幅": next(banners) if hung[i] else "", "电子屏标语": next(screens) if lit[i] else "",
               "受众": "不适用" if online[i] else next(audience)}
        if office.code == "qianjin":
            row["专项活动"] = dice.pick(["“三零”创建", "“六防六促”", "“三零”创建、“六防六促”"]) if safety[i] and dice.below(4) else ""
        if office.code == "tongxin":
            row["现场警示教育"] = YES_NO[bool(safety[i])]
        rows.append(row)
    rows.sort(key=lambda r: (r["活动日期"], r["单位"], r["活动名称"]))
    for i, row in enumerate(rows):
        row["原编号"] = f"普法{year}-{i + 1:03}"
        photographed = year == office.year and i % max(4, n // 9) == 1
        row["证据：现场照片"] = office.png(f"publicity-{i + 1:03}.png") if photographed else ""
    office.add("publicity", rows)


def id_number(area, serial):
    """Valid in form; nobody alive was born on that day."""
    digits = f"{area}19000101{serial % 1000:03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights)) % 11]


def disputes(office, year, counts):
    dice = office.dice(f"disputes{year}")
    weights = words.DISPUTE_WEIGHTS + (["情感"] * 3 if office.code == "qianjin" else [])
    mediated = dice.marks(counts["mediated"], counts["found"])
    failed = set(dice.shuffled([i for i, m in enumerate(mediated) if m])[: counts["mediated"] - counts["agreed"]])
    rows = []
    for i in range(counts["found"]):
        unit = dice.pick(office.places)
        day = office.day(dice, year, range(1, 11) if mediated[i] else range(1, 13))
        category = dice.pick(weights)
        mediator = dice.pick([(k, m) for k, m in enumerate(office.mediators) if m["unit"] == unit["code"]])
        row = {"原编号": "", "单位": unit["short"], "经办人": office.clerk(dice, unit), "发现日期": iso(day),
               "来源": dice.pick(["当事人申请", "接诉即办", "网格排查"]) if mediated[i] else dice.pick(["网格排查", "网格排查", "网格排查", "接诉即办"]),
               "纠纷类型": category, "地点": f"{unit['name']}{dice.between(1, 28)}号楼", "简要情况": dice.pick(words.DISPUTES[category]), "当场化解情况": "",
               "当事人": "", "涉案金额": "", "调解员": "", "协议形式": "", "主要事实、争议事项与各方责任": "", "协议内容（权利义务）": "",
               "履行方式、地点": "", "履行期限": "", "协议生效日期": "", "不成原因": "", "办理：当场化解": "", "办理：受理": "", "办理：开始调解": "",
               "办理：达成协议": "", "办理：终止调解": "", "办理：回访": "", "办理：销号": "", "证据：人民调解记录": "", "证据：人民调解协议书": ""}
        if mediated[i]:
            mediate(office, dice, row, day, i, mediator, i in failed)
        elif dice.below(40):
            row["当场化解情况"] = dice.pick(words.ON_SPOT)
            row["办理：当场化解"] = iso(office.later(dice, day, 0, 3))
        rows.append(row)
    rows.sort(key=lambda r: (r["发现日期"], r["单位"], r["地点"]))
    shown = 0
    for i, row in enumerate(rows):
        row["原编号"] = f"纠纷{year}-{i + 1:03}"
        if row["办理：达成协议"] and year == office.year and shown < 3:
            shown += 1
            row["证据：人民调解记录"] = office.note(f"mediation-record-{shown}.txt", f"人民调解记录（示例）：{row['原编号']}，{row['简要情况']}。")
            row["证据：人民调解协议书"] = office.pdf(f"mediation-agreement-{shown}.pdf", f"mediation agreement {shown}")
    office.add("dispute", rows)


def mediate(office, dice, row, day, i, mediator, fails):
    area = office.facts["area"]
    row["当事人"] = (f"姓名或名称：{office.new_name(dice)}，身份证号：{id_number(area, 2 * i + 11)}，电话：1380000{2 * i:04}，住址：{row['地点']}；"
                  f"姓名或名称：{office.new_name(dice)}，电话：1380000{2 * i + 1:04}")
    row["涉案金额"] = f"{dice.between(3, 400) * 100}.00" if row["纠纷类型"] in ("合同", "劳动争议", "物业") else ""
    row["调解员"] = f"调解员{mediator[0] + 1:03}"
    accepted = office.later(dice, day, 0, 4)
    begun = office.later(dice, accepted, 1, 5)
    ended = office.later(dice, begun, 1, 18)
    row["办理：受理"], row["办理：开始调解"] = iso(accepted), iso(begun)
    if fails:
        row["不成原因"], row["办理：终止调解"] = dice.pick(words.NOT_AGREED), iso(ended)
        return
    row["协议形式"] = dice.pick(["书面", "书面", "口头"])
    row["主要事实、争议事项与各方责任"], row["协议内容（权利义务）"] = dice.pick(words.FACTS), dice.pick(words.AGREEMENTS)
    row["履行方式、地点"], row["履行期限"] = dice.pick(words.PERFORMANCES), iso(ended + datetime.timedelta(days=15))
    row["协议生效日期"] = row["办理：达成协议"] = iso(ended)
    visited = office.later(dice, ended, 15, 30)
    row["办理：回访"] = iso(visited)
    row["办理：销号"] = iso(office.later(dice, visited, 1, 6)) if dice.below(8) else ""


def hazards(office, year, counts):
    dice = office.dice(f"hazards{year}")
    ends = dice.shuffled(["removed"] * counts["removed"] + ["handed_over"] * counts["handed_over"]
                         + ["open"] * (counts["found"] - counts["removed"] - counts["handed_over"]))
    rows = []
    for end in ends:
        unit, category = dice.pick(office.places), dice.pick(list(words.HAZARDS))
        summary, remedy = dice.pick(words.HAZARDS[category])
        day = office.day(dice, year, range(11, 13) if end == "open" else range(1, 12))
        ordered = office.later(dice, day, 0, 2)
        row = {"原编号": "", "单位": unit["short"], "经办人": office.clerk(dice, unit), "发现日期": iso(day), "隐患类型": category,
               "地点": f"{unit['name']}{dice.pick(['沿街商铺', '小区', '市场', '背街小巷'])}{dice.between(1, 30)}号", "隐患情况": summary, "等级": "一般",
               "整改责任单位（人）": dice.pick(["物业服务企业", "商铺经营者", "房屋产权人", "社区居委会"]), "整改期限": iso(ordered + datetime.timedelta(days=15)),
               "整改措施": remedy if end == "removed" else "", "移交单位": "", "办理：交办整改": iso(ordered), "办理：完成整改": "", "do:verify": "", "do:hand_over": ""}
        if end == "removed":
            done = office.later(dice, ordered, 1, 14)
            row["办理：完成整改"], row["do:verify"] = iso(done), iso(office.later(dice, done, 1, 7))
        if end == "handed_over":
            row["等级"], row["移交单位"], row["do:hand_over"] = "重大", dice.pick(words.RECEIVERS), iso(office.later(dice, ordered, 1, 6))
        rows.append(row)
    rows.sort(key=lambda r: (r["发现日期"], r["单位"], r["地点"]))
    for i, row in enumerate(rows):
        row["原编号"] = f"隐患{year}-{i + 1:03}"
        row["证据：隐患照片"] = office.png(f"hazard-{i + 1:03}.png") if year == office.year and i % 25 == 3 else ""
    office.add("hazard", rows)


def meetings(office):
    rows = []
    for year in (office.year - 1, office.year):
        dice = office.dice(f"meetings{year}")
        plan = [("法治建设领导小组会议", "领导小组会议", (2, 9)), ("法治工作专题会议", "法治工作专题会议", (3, 6, 10)),
                ("示范创建推进会", "动员会、推进会", (4, 8)), ("创建工作例会", "创建工作例会", (3, 6, 9, 12)),
                ("党政班子会议", "班子集体讨论", (1, 2, 4, 5, 7, 8, 10, 11)), ("全街道工作例会", "其他会议", (1, 7))]
        for name, kind, months in plan:
            for month in months if year == office.year else months[:1]:
                topics = [] if kind == "其他会议" or (kind == "班子集体讨论" and month % 2) else dice.shuffled(words.TOPICS)[: dice.between(1, 3)]
                reporters = [dice.pick(office.lawyers)["name"] for _ in topics]
                rows.append({"单位": "党政办", "经办人": office.clerk(dice, office.units[0]), "会议日期": iso(office.day(dice, year, [month], (5, 25))),
                             "会议名称": f"{year}年{month}月{name}", "会议类型": kind, "主持人": dice.pick(office.leaders)["name"], "参会人数": dice.between(9, 46),
                             "第一议题学法": YES_NO[kind == "班子集体讨论" and month % 3 == 1], "听取法治工作汇报": YES_NO[kind in ("领导小组会议", "法治工作专题会议")],
                             "法治议题": "；".join(f"议题：{t}，汇报人：{r}，研究意见：{dice.pick(words.CONCLUSIONS).replace('，', '、')}" for t, r in zip(topics, reporters))})
    if office.code == "minsheng":
        dice = office.dice("unit meetings")
        for unit in office.units[:4] + office.places:
            rows.append({"单位": unit["short"], "经办人": office.clerk(dice, unit), "会议日期": iso(office.day(dice, office.year, [5], (9, 25))),
                         "会议名称": f"{unit['short']}创建工作例会", "会议类型": "创建工作例会", "主持人": office.clerk(dice, unit), "参会人数": dice.between(5, 12),
                         "第一议题学法": "否", "听取法治工作汇报": "否", "法治议题": ""})
    rows.sort(key=lambda r: (r["会议日期"], r["会议名称"]))
    for i, row in enumerate(rows):
        row["原编号"] = f"会议{i + 1:03}"
        row["证据：会议纪要"] = office.note(f"minutes-{i + 1:02}.txt", f"{row['会议名称']}纪要（示例）") if i % 9 == 4 else ""
    office.add("meeting", rows)


def studies(office, totals):
    rows = []
    for year, counts in ((office.year - 1, dict(central_group=2, cadres=1)), (office.year, totals["studies"])):
        dice = office.dice(f"studies{year}")
        for kind, count in counts.items():
            option, titles = words.STUDIES[kind]
            for i in range(count):
                leads = dice.pick(office.leaders) if kind == "central_group" and i % 2 == 0 else dice.pick(office.lawyers)
                rows.append({"单位": "党政办", "经办人": office.clerk(dice, office.units[0]), "学习日期": iso(office.day(dice, year, [i * 12 // count + 1], (6, 25))),
                             "学习主题": titles[i % len(titles)], "学习形式": option, "学习的法律法规": words.STUDY_LAWS[(i + len(kind)) % len(words.STUDY_LAWS)],
                             "领学人": leads["name"], "参加人数": dice.between(9, 16) if kind == "central_group" else dice.between(38, 62), "证据：签到表": ""})
    rows.sort(key=lambda r: (r["学习日期"], r["学习主题"]))
    for i, row in enumerate(rows):
        row["证据：签到表"] = office.png(f"study-signin-{i + 1:02}.png") if i % 7 == 2 else ""
    office.add("study", rows)


def trainings(office, totals):
    dice, rows = office.dice("trainings"), []

    def add(year, audience, channel, count, heads):
        for i, head in zip(range(count), heads):
            rows.append({"单位": "司法所", "经办人": dice.pick(office.lawyers)["name"], "培训日期": iso(office.day(dice, year, [i * 12 // count + 1], (6, 26))),
                         "培训名称": f"{words.COURSES[audience]}（第{i + 1}期）", "培训对象": words.AUDIENCES[audience],
                         "培训方式": {"offline": "集中培训", "online": "线上培训"}[channel], "授课人": dice.pick(["法律顾问", "法院法官", "党校教师", "区司法局业务骨干"]),
                         "涉及法律": dice.pick(words.STUDY_LAWS), "参加人数": head, "学时": f"{dice.between(4, 12) / 2:.1f}", "证据：签到表": ""})

    sessions, people = totals["staff_trainings"]
    add(office.year, "staff", "offline", sessions, dice.split(people, sessions))
    add(office.year, "leaders", "offline", totals["leader_trainings"], [dice.between(11, 19) for _ in range(9)])
    add(office.year, "officer", "online", 2, [len(office.officers)] * 2)
    add(office.year, "community_enforcement", "offline", totals["communities_trained"], [dice.between(18, 34) for _ in range(9)])
    add(office.year, "mediator", "offline", totals["mediator_trainings"][0], [dice.between(22, 60) for _ in range(9)])
    add(office.year, "mediator", "online", totals["mediator_trainings"][1], [dice.between(22, 60) for _ in range(9)])
    add(office.year - 1, "staff", "offline", 1, [43])
    add(office.year - 1, "mediator", "offline", 1, [26])
    rows.sort(key=lambda r: (r["培训日期"], r["培训名称"], r["培训方式"]))
    for i, row in enumerate(rows):
        row["证据：签到表"] = office.png(f"training-signin-{i + 1:02}.png") if i % 5 == 1 else ""
    office.add("training", rows)


def exams(office, totals):
    dice, rows = office.dice("exams"), []
    titles = {"enforcement": ("行政执法考试", "行政执法资格考试"), "ability": ("法治能力测试", "法治思维和依法行政能力测试"), "publicity": ("普法考试", "机关干部普法考试")}
    for kind, organiser, candidates, attended, passed, month in totals["exams"] + [("ability", "own", 41, 40, 40, -1)]:
        day = office.day(dice, office.year - (month < 0), [abs(month)], (8, 24))
        reported = organiser == "own" and kind == "ability"
        rows.append({"单位": "司法所", "经办人": office.lawyers[1]["name"], "考试日期": iso(day), "考试名称": titles[kind][1], "考试类型": titles[kind][0],
                     "组织方": "本街道组织" if organiser == "own" else "上级组织", "应考人数": candidates, "参考人数": attended,
                     "合格人数": "未知" if passed is None else passed, "成绩报送单位": "区司法局" if reported else "",
                     "报送日期": iso(office.later(dice, day, 3, 9)) if reported else "", "证据：成绩单": ""})
    rows[0]["证据：成绩单"] = office.pdf("exam-results-1.pdf", "exam results")
    office.add("exam", sorted(rows, key=lambda r: r["考试日期"]))


def inspections(office, totals):
    rows = []
    for year, count, study in ((office.year - 1, 3, 0), (office.year, totals["inspections"], totals["inspections_study"])):
        dice = office.dice(f"inspections{year}")
        for i in range(count + study + (2 if year == office.year else 0)):
            kind = "监督检查" if i < count else "学习督导" if i < count + study else "联合督导"
            topic, title = dice.pick(words.INSPECTED)
            unit = dice.pick(office.units)
            day = office.day(dice, year, [i % 12 + 1])
            found = [dice.pick(words.FINDINGS)] if kind != "学习督导" and dice.below(3) == 0 else []
            fixed = iso(office.later(dice, day, 4, 20))
            rows.append({"单位": "党政办", "经办人": office.clerk(dice, office.units[0]), "检查日期": iso(day),
                         "检查事项": "《民法典》学习督导" if kind == "学习督导" else title, "检查类型": kind,
                         "检查对象": dice.pick(["党政“一把手”", "班子成员", "班子成员"]) if kind == "监督检查" else "科室" if unit["kind"] == "section" else "社区（村）",
                         "被检查单位": unit["short"], "专题": "学法用法" if kind == "学习督导" else topic, "涉及法律": "民法典" if kind == "学习督导" else "",
                         "发现的问题": "；".join(f"问题：{p}，整改要求：{d}，" + (f"已整改：是，整改日期：{fixed}" if dice.below(6) else "已整改：否") for p, d in found)})
    rows.sort(key=lambda r: (r["检查日期"], r["检查事项"], r["被检查单位"]))
    for i, row in enumerate(rows):
        row["原编号"] = f"检查{i + 1:03}"
        row["证据：检查记录"] = office.note(f"inspection-{i + 1:02}.txt", f"{row['检查事项']}记录（示例）：{row['检查日期']}") if i % 8 == 5 else ""
    office.add("inspection", rows)


def counsel(office, totals):
    dice, year, rows = office.dice("counsel"), office.year, []

    def contract(kind, unit, lawyer, licence, start, number):
        rows.append({"单位": "司法所", "合同编号": number, "服务对象": kind, "受聘社区（村）": unit, "律师": lawyer,
                     "律师执业证号": f"1{office.facts['area']}0000{licence:06}", "律师事务所": dice.pick(["正言律师事务所", "致和律师事务所", "明理律师事务所"]),
                     "年度顾问费": "20000.00" if kind == "街道" else "3000.00", "合同起始日期": iso(first(start)),
                     "合同截止日期": iso(datetime.date(start + 2, 12, 31)), "证据：合同文本": office.pdf("counsel-contract.pdf", "counsel contract") if not rows else ""})

    contract("街道", "", office.new_name(dice), 1, year - 1, f"顾问{year - 1}-01")
    names = [office.new_name(dice) for _ in range(totals.get("lawyers", (len(office.places) + 1) // 2))]
    for i, unit in enumerate(office.places):
        who = i % len(names)
        contract("社区" if unit["kind"] == "community" else "村", unit["short"], names[who], 101 + who, year - 1, f"顾问{year - 1}-{i + 2:02}")
    contract("社区", office.places[0]["short"], office.new_name(dice), 900, year - 5, f"顾问{year - 5}-01")
    office.add("counsel_contract", rows)
    services = []

    def serve(day, kind, matter, persons="", documents="", document_kind=""):
        services.append({"单位": "司法所", "经办人": dice.pick(office.lawyers)["name"], "服务日期": iso(day), "服务类型": kind, "法律顾问合同": f"顾问{year - 1}-01",
                         "事项": matter, "服务人次": persons, "文书份数": documents, "文书类型": document_kind, "证据：法律意见或修改稿": ""})

    counts = totals["counsel"]
    for i in range(counts["court"]):
        serve(office.day(dice, year), "出庭应诉", f"行政诉讼案件庭审（第{i + 1}次）")
    for kind, key, pool in (("接受法律咨询", "consultation", words.CONSULTED), ("指导居民维权", "guidance", words.GUIDED)):
        for persons in dice.split(counts[key][1], counts[key][0]):
            serve(office.day(dice, year), kind, dice.pick(pool), persons=persons)
    for papers in dice.split(counts["documents"][1], counts["documents"][0]):
        document_kind, matter = dice.pick(words.REVIEWED)
        serve(office.day(dice, year), "审改文书", matter, documents=papers, document_kind=document_kind)
    for i in range(counts["key_work"]):
        serve(office.day(dice, year), "参与重点工作", words.KEY_WORKS[i % len(words.KEY_WORKS)])
    serve(office.day(dice, year), "列席会议", "列席党政班子会议")
    serve(office.day(dice, year - 1), "接受法律咨询", words.CONSULTED[0], persons=5)
    serve(office.day(dice, year - 1), "出庭应诉", "行政诉讼案件庭审")
    services.sort(key=lambda r: (r["服务日期"], r["服务类型"], r["事项"]))
    for i, row in enumerate(services):
        row["原编号"] = f"顾问服务{i + 1:03}"
        row["证据：法律意见或修改稿"] = office.note(f"counsel-opinion-{i + 1:02}.txt", f"法律意见（示例）：{row['事项']}") if i % 9 == 3 else ""
    office.add("counsel_service", services)


def contracts(office, totals):
    dice, reviews, rows = office.dice("contracts"), [], []
    for i in range(totals["contracts"]):
        title, kind = words.CONTRACTS[i % len(words.CONTRACTS)]
        unit = office.units[i % 5]
        drafted = office.day(dice, office.year, [i % 11 + 1], (3, 12))
        taken = office.later(dice, drafted, 1, 3)
        issued = office.later(dice, taken, 2, 6)
        answered = office.later(dice, issued, 1, 4)
        drafter, revised = office.clerk(dice, unit), dice.below(3) == 0
        rows.append({"原编号": f"合同{office.year}-{i + 1:02}", "单位": unit["short"], "经办人": drafter, "起草日期": iso(drafted), "合同名称": title, "类型": kind,
                     "对方": dice.pick(["某保洁服务公司", "某工程公司", "某商贸公司", "某科技公司"]), "金额": f"{dice.between(8, 190) * 1000}.00",
                     "签订日期": iso(office.later(dice, answered, 1, 8)), "起草人": drafter, "证据：合同文本": office.pdf("contract-1.pdf", "contract") if i == 0 else ""})
        reviews.append({"单位": "司法所", "经办人": office.reviewer["name"], "送审日期": iso(drafted), "审查对象": "contract", "被审查事项": rows[-1]["原编号"], "起草人": drafter,
                        "符合法定权限": "是", "履行法定程序": "是", "内容合法": "是", "逐条意见": "条款：违约责任，问题：约定不明，修改意见：写明违约金计算方法" if revised else "",
                        "审查结论": "修改后合法" if revised else "合法", "起草单位采纳情况": "已采纳并修改" if revised else "", "办理：接收": iso(taken),
                        "办理：出具审查意见": iso(issued), "办理：反馈采纳情况": iso(answered)})
    office.add("contract", rows)
    office.add("legal_review", reviews)


def litigation(office, totals):
    dice, year, rows = office.dice("litigation"), office.year, []
    own, district = totals["litigation"]
    cases = [("own", year, True)] * own + [("district", year, True)] * district + [("own", year, False)]
    cases += [("district" if district else "own", year - 1, True)] * 2
    for i, (defendant, when, heard) in enumerate(cases):
        received = office.day(dice, when, range(1, 10) if heard else [12], (3, 18))
        dispatched = office.later(dice, received, 1, 2)
        answered = office.later(dice, dispatched, 4, 9)
        hearing = office.later(dice, answered, 15, 40)
        judged = office.later(dice, hearing, 10, 30)
        row = {"原编号": f"诉讼{i + 1:02}", "单位": "司法所", "经办人": office.lawyers[0]["name"], "收到起诉状副本之日": iso(received),
               "案号": f"（{when}）示例行初{dice.between(11, 98)}{i:02}号", "被告": "本街道" if defendant == "own" else "区政府（受托代为出庭）",
               "案由": "旧城改造征收补偿" if defendant == "district" else dice.pick(["政府信息公开", "不履行法定职责", "其他"]), "原告": office.new_name(dice),
               "审理法院": "区人民法院" if defendant == "own" else "市中级人民法院", "承办人": office.lawyers[0]["name"], "代理律师": f"顾问{year - 1}-01",
               "负责人出庭": "是" if defendant == "own" else "否", "出庭负责人": dice.pick(office.leaders)["name"] if defendant == "own" else "",
               "裁判结果": dice.pick(["驳回诉讼请求", "准许撤诉", "驳回起诉"]), "办理：交办": iso(dispatched), "办理：提交答辩状和证据": iso(answered),
               "办理：出庭应诉": iso(hearing), "办理：收到裁判": iso(judged), "办理：办结归档": iso(office.later(dice, judged, 3, 9))}
        row["起诉途径"] = "未经复议直接起诉" if row["案由"] == "政府信息公开" else ""
        if not heard:
            row.update({"负责人出庭": "", "出庭负责人": "", "裁判结果": "", "办理：提交答辩状和证据": "", "办理：出庭应诉": "", "办理：收到裁判": "", "办理：办结归档": ""})
        rows.append(row)
    office.add("litigation", sorted(rows, key=lambda r: (r["收到起诉状副本之日"], r["原编号"])))


def proposals(office, totals):
    dice, rows = office.dice("proposals"), []
    npc, cppcc = totals["proposals"]
    for i, source in enumerate(["人大代表建议"] * npc + ["政协提案"] * cppcc + ["政协提案"]):
        before = i == npc + cppcc
        received = office.day(dice, office.year - before, [3], (6, 24))
        dispatched = office.later(dice, received, 1, 3)
        answered = office.later(dice, dispatched, 30, 70)
        rated = office.later(dice, answered, 5, 15)
        rows.append({"原编号": f"提案{i + 1:02}", "单位": "党政办", "经办人": office.clerk(dice, office.units[0]), "交办日期": iso(received), "来源": source,
                     "建议提案编号": f"第{dice.between(11, 96)}号", "标题": words.PROPOSALS[i % 4], "提出人": office.new_name(dice), "涉及面广、处理难度大": "否",
                     "承办单位": dice.pick(["城管办", "公服办"]), "答复内容": "已会同有关部门实地查看，列入年度改造计划并答复",
                     "评价": "满意" if source == "政协提案" and not before else "基本满意", "办理：交办": iso(dispatched), "办理：书面答复": iso(answered),
                     "办理：收到评价": iso(rated), "办理：办结": iso(office.later(dice, rated, 2, 8))})
    office.add("proposal", rows)


def work_list(office, totals):
    dice, year = office.dice("work list"), office.year
    plans = [("年度法治建设工作计划", "年度工作计划", 2), ("示范创建实施方案", "示范创建方案", 3), ("年度普法工作计划", "普法规划", 2), ("领导干部学法计划", "学法计划", 2)]
    rows = [{"原编号": f"方案{year}-{i + 1:02}", "单位": "司法所", "印发日期": iso(office.day(dice, year, [month], (8, 25))), "方案名称": f"{year}年{title}", "类型": kind,
             "证据：方案文本": office.pdf("plan-1.pdf", "plan") if i == 0 else ""} for i, (title, kind, month) in enumerate(plans)]
    if office.code == "minsheng":
        for i, unit in enumerate(office.units[:4] + office.places):
            rows.append({"原编号": f"方案{year}-{i + 5:02}", "单位": unit["short"], "印发日期": iso(office.day(dice, year, [3], (14, 28))),
                         "方案名称": f"{unit['short']}创建工作方案", "类型": "示范创建方案", "证据：方案文本": ""})
    office.add("work_plan", rows)
    items = [(year - 1, "责任清单", words.WORK_ITEMS[i], office.units[i]) for i in range(3)]
    items += [(year, "责任清单", words.WORK_ITEMS[i % 13], office.units[i % len(office.units)]) for i in range(totals["responsibility"])]
    items += [(year, "工作清单", words.WORK_ITEMS[(i + 5) % 13], office.units[(i + 3) % len(office.units)]) for i in range(6)]
    if office.code == "minsheng":
        items += [(year, "创建任务", f"{words.WORK_ITEMS[i % 13]}（创建任务）", unit) for i, unit in enumerate(office.units[:4] + office.places)]
    rows = []
    for i, (when, kind, title, unit) in enumerate(items):
        listed = office.day(dice, when, [2, 3], (6, 26))
        done = office.later(dice, listed, 60, 210)
        left = kind == "工作清单" and i % 5 == 0
        row = {"原编号": f"清单{i + 1:03}", "单位": unit["short"], "经办人": office.clerk(dice, unit), "布置日期": iso(listed), "清单": kind, "任务": title,
               "从哪里来": f"方案{year}-0{2 if kind == '创建任务' else 1}" if when == year else "", "责任单位": unit["short"], "责任人": office.clerks[unit["code"]][0]["name"],
               "完成期限": iso(datetime.date(when, 11, 30)), "完成情况": "" if left else "按要求完成，佐证材料齐全",
               "办理：报完成": "" if left else iso(done), "办理：销号": "" if left else iso(office.later(dice, done, 3, 15)), "证据：完成佐证": ""}
        if office.code == "minsheng":
            row["创建指标编号"] = f"{dice.between(1, 9)}.{dice.between(1, 6)}" if kind == "创建任务" else ""
        if i in (4, 9):
            row["证据：完成佐证"] = office.note(f"completion-{i}.txt", f"完成佐证（示例）：{title}")
        rows.append(row)
    office.add("task", rows)


def requests(office, totals):
    dice, rows = office.dice("requests"), []
    channels = ["12345热线", "12345热线", "来访", "来电", "网络平台"]
    channels += {"wangzhu": ["随褚办"] * 4, "keyuan": ["街道诉求中心"] * 3}.get(office.code, [])
    for i in range(totals["requests"]):
        unit, category = dice.pick(office.places), dice.pick(list(words.REQUESTS))
        received = office.day(dice, office.year)
        dispatched = office.later(dice, received, 0, 1)
        answered = office.later(dice, dispatched, 1, 6)
        rated = office.later(dice, answered, 1, 4)
        pending = received.month == 12 and dice.below(3) == 0
        rating = "不满意" if i % 31 == 17 else dice.pick(["满意"] * 8 + ["基本满意"])
        clerk = office.clerk(dice, unit)
        row = {"原编号": "", "单位": unit["short"], "经办人": clerk, "收到日期": iso(received), "来源": dice.pick(channels), "类别": category,
               "诉求内容": words.REQUESTS[category], "诉求人": office.new_name(dice), "联系电话": f"1390000{i:04}", "首问责任人": clerk, "承办单位": unit["short"],
               "答复内容": "" if pending else "已到现场处理并答复诉求人", "满意度": "" if pending else rating,
               "办理：交办": iso(dispatched), "办理：答复": "" if pending else iso(answered), "办理：回访": "" if pending else iso(rated),
               "办理：办结": "" if pending or rating == "不满意" else iso(office.later(dice, rated, 0, 2))}
        rows.append(row)
    rows.sort(key=lambda r: (r["收到日期"], r["单位"], r["联系电话"]))
    for i, row in enumerate(rows):
        row["原编号"] = f"诉求{office.year}-{i + 1:03}"
        if office.code == "wangzhu":
            own = row["来源"] == "随褚办"
            row["分流到的中心"] = words.CENTRES.get(row["类别"], "便民服务中心") if own else ""
    office.add("resident_request", rows)


def small_ledgers(office, totals):
    dice, year = office.dice("small"), office.year
    office.add("duty_statement", [
        {"单位": "党政办", "述法日期": iso(office.day(dice, when, [12], (16, 24))), "述法人": leader["name"], "述法年度": when, "形式": "会议述法",
         "问题清单": "问题：学法深度不够，整改措施：制定学法清单，已整改：是，整改日期：" + iso(datetime.date(when, 12, 27)) + "；问题：执法力量不足，整改措施：争取编制支持，已整改：否"}
        for when in (year - 1, year) for leader in office.leaders])
    names = [("民主法治示范社区", "民主法治示范村（社区）"), ("人民调解工作先进集体", "人民调解")][: totals["honours"]]
    # Heads may also be the fields' ids: this file shows it.
    office.add("honour", [{"unit": unit, "occurred_on": iso(datetime.date(year, month, 18)), "title": title, "kind": kind, "grade": grade, "granted_by": giver, "holder": unit}
                          for (title, kind), unit, month, grade, giver in zip(
                              names, (office.places[0]["short"], "司法所"), (5, 12), ("province", "district"), ("省司法厅、省民政厅", "区司法局"))]
               + [{"unit": "司法所", "occurred_on": iso(datetime.date(year - 1, 12, 20)), "title": "普法工作先进单位", "kind": "publicity", "grade": "district",
                   "granted_by": "区司法局", "holder": "司法所"}])
    office.add("promise", [{"单位": "司法所", "承诺日期": f"{year}-01-18", "承诺年度": year, "承诺事项": text, "责任单位": "司法所", "完成时限": f"{year}-12-31",
                            "落实情况": "" if i == 3 else "已按计划落实", "未完成的原因": "部分人员调整，未能全部参训" if i == 3 else "",
                            "办理：落实": "" if i == 3 else f"{year}-12-{20 + i}", "办理：未落实": f"{year}-12-27" if i == 3 else ""}
                           for i, text in enumerate(words.PROMISES)])
    rows = []
    for i in range(totals["disclosure"]):
        received = office.day(dice, year, [2 + 3 * (i % 4)], (5, 18))
        confirmed = office.later(dice, received, 0, 1)
        taken = office.later(dice, confirmed, 1, 3)
        answered = iso(office.later(dice, taken, 5, 14))
        missing = i == 1
        rows.append({"单位": "党政办", "经办人": office.clerks["party_office"][0]["name"], "提交方式": dice.pick(["当面", "邮寄（签收）", "网络或传真"]), "收到日期": iso(received),
                     "申请人": f"姓名或名称：{office.new_name(dice)}，身份证明：{id_number(office.facts['area'], 700 + i)}，联系方式：1370000{i:04}",
                     "所需信息的名称、文号或特征": "某小区改造项目公示材料", "获取方式": "纸面", "答复类型": "信息不存在" if missing else "予以公开",
                     "理由与依据": "经检索未制作该信息" if missing else "属于应当公开的信息", "寄出日期": answered, "办理：确认收到": iso(confirmed), "办理：转入办理": iso(taken),
                     "办理：答复": answered})
    if rows:
        office.add("disclosure_request", rows)
