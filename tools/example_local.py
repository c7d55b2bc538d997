"""What one office alone has among the example ledgers (see make_examples.py)."""
import datetime


def fill(office, totals):
    {"minsheng": minsheng, "wangzhu": wangzhu, "keyuan": keyuan, "qianjin": qianjin, "tongxin": tongxin}[office.code](office, totals)


def minsheng(office, _):
    dice, rows = office.dice("rewards"), []
    for i, unit in enumerate((office.places[0], office.places[3], office.units[3], office.places[6])):
        proposed = datetime.date(office.year, 12, 12)
        blamed = i == 3
        rows.append({"单位": "司法所", "经办人": office.lawyers[0]["name"], "提出日期": proposed.isoformat(), "类型": "通报批评" if blamed else "表彰", "对象": unit["name"],
                     "所在单位": unit["short"], "依据（年度任务完成情况）": "创建任务进度滞后，两次督办未完成" if blamed else "创建任务全部按期销号，佐证齐全",
                     "对象意见": "无异议" if blamed else "", "办理：党工委决定": office.later(dice, proposed, 5, 9).isoformat()})
    office.add("creation_reward", rows)


def wangzhu(office, _):
    dice, year = office.dice("local"), office.year
    estates = ["福苑小区", "瑞和家园", "景明花园", "祥和里", "泰宁小区", "嘉园一期", "嘉园二期", "景明公寓"]
    rows = []
    for i, estate in enumerate(estates):
        when = year - 1 if i >= 6 else year
        started = office.day(dice, when, [2 + i % 5], (5, 24))
        formed = office.later(dice, started, 10, 25)
        voting = office.later(dice, formed, 20, 40)
        elected = office.later(dice, voting, 12, 20)
        done, stopped = i < 3 or i == 6, i == 7
        filed = office.later(dice, elected, 10, 25).isoformat() if done and i != 2 else ""
        rows.append({"原编号": f"换届{i + 1:02}", "单位": office.communities[i % 6]["short"], "经办人": office.clerk(dice, office.communities[i % 6]),
                     "启动日期": started.isoformat(), "小区": estate, "届次": 2 + i % 2, "所在社区": office.communities[i % 6]["short"], "总户数": dice.between(260, 1180),
                     "参与表决面积和人数符合法定比例": "是" if done else "", "面积和人数均过半数同意": "是" if done else "",
                     "选举结果公布日期": elected.isoformat() if done else "", "委员人数": 5 if done else "",
                     "任期届满日期": elected.replace(year=elected.year + 5).isoformat() if done else "",
                     "办理：成立筹备组": formed.isoformat() if i != 5 else "", "办理：公告并组织投票": voting.isoformat() if done or i == 3 else "",
                     "办理：完成改选": elected.isoformat() if done else "", "办理：备案": filed, "办理：中止": f"{year}-03-10" if stopped else "",
                     "证据：换届公告": office.png("election-notice-1.png") if i == 0 else ""})
    office.add("owners_committee", rows)
    office.add("mass_incident", [
        {"单位": "平安办", "经办人": office.clerks["peace_office"][0]["name"], "发生日期": f"{year}-11-20", "事件名称": "某小区居民集中反映供暖温度", "原因": "公共服务", "重大": "否",
         "参与人数": 26, "处置情况": "现场听取意见，协调供热企业当日检修", "平息日期": f"{year}-11-20"},
        {"单位": "平安办", "经办人": office.clerks["peace_office"][0]["name"], "发生日期": f"{year - 1}-08-16", "事件名称": "装修工人集中讨要工资", "原因": "劳资纠纷", "重大": "否",
         "参与人数": 14, "处置情况": "会同劳动监察部门协调支付", "平息日期": f"{year - 1}-08-17"}])
    topics = ["加装电梯费用分担", "楼道照明维修", "停车位划线和错时停车", "院内晾衣杆改造", "垃圾投放点位调整", "花坛改建充电棚", "门禁维修出资"]
    rows = []
    for i in range(18):
        unit = office.places[i % len(office.places)]
        raised = office.day(dice, year, [i % 10 + 1], (3, 25))
        agreed = office.later(dice, raised, 7, 18)
        carried, dropped = i % 6 != 5 and i < 16, i == 11
        rows.append({"原编号": f"协商{i + 1:02}", "单位": unit["short"], "经办人": office.clerk(dice, unit), "提出日期": raised.isoformat(), "楼院": f"{unit['name']}{dice.between(1, 12)}号楼院",
                     "协商议题": topics[i % 7], "参加协商人数": "" if dropped else dice.between(9, 32), "议定事项": "" if dropped else f"{topics[i % 7]}按多数意见实施",
                     "办理结果": "已实施并公示" if carried else "", "办理：协商议定": "" if dropped else agreed.isoformat(),
                     "办理：办结公示": office.later(dice, agreed, 15, 40).isoformat() if carried else "", "办理：未达成一致": agreed.isoformat() if dropped else "",
                     "证据：协商记录": office.note("consultation-1.txt", "楼院协商记录（示例）") if i == 2 else ""})
    office.add("courtyard_consultation", rows)
    office.add("property_backbone", [
        {"单位": office.communities[i % 6]["short"], "小区": estates[i % 7], "姓名": office.new_name(dice), "任职组织": ("物业企业", "业主委员会", "物业管理委员会")[i % 3],
         "任职日期": f"{year - (i % 2)}-03-01", "任职至": f"{year - 1}-12-31" if i == 11 else f"{year + 1}-12-31"} for i in range(14)])


def keyuan(office, _):
    dice, year = office.dice("local"), office.year
    lead = next(i for i, m in enumerate(office.mediators) if m["unit"] == office.places[0]["code"])
    office.add("mediation_studio", [{"单位": "潘庄", "名称": "崔大姐调解室", "所属调委会": "潘庄社区人民调解委员会", "负责人": f"调解员{lead + 1:03}",
                                     "设立日期": f"{year - 2}-09-01", "撤销日期": ""},
                                    {"单位": "学府", "名称": "学府老街坊调解室", "所属调委会": "学府社区人民调解委员会", "负责人": "", "设立日期": f"{year}-04-20", "撤销日期": ""}])
    matters, rows = ["咨询公租房申请", "办理居住证明", "反映停车收费", "咨询法律援助", "咨询高龄津贴"], []
    for i in range(26):
        clerk = office.clerks["service_office"][i % 2]["name"]
        received = office.day(dice, year)
        led = i % 3 == 0
        moved = office.later(dice, received, 0, 1)
        rows.append({"单位": "公服办", "经办人": clerk, "来访日期": received.isoformat(), "事项": matters[i % 5], "来访人": office.new_name(dice), "首问责任人": clerk,
                     "引导到的单位": "城管办" if led else "", "办理结果": "当场答复" if not led else "承办科室已答复", "办理：引导到承办单位": moved.isoformat() if led else "",
                     "办理：办结": office.later(dice, moved, 0, 4).isoformat() if i != 25 else ""})
    office.add("first_inquiry", sorted(rows, key=lambda r: (r["来访日期"], r["来访人"])))


def qianjin(office, totals):
    dice, year, rows = office.dice("local"), office.year, []
    for i in range(totals["households"]):
        registered = office.day(dice, year - 1 if i < 40 else year, range(3, 12) if i < 40 else range(1, 4), (3, 25))
        agreed = office.workday(datetime.date(year, 1 + i % 9, dice.between(3, 24)) if i < 40 else registered + datetime.timedelta(days=dice.between(20, 90)))
        house = dice.below(3) == 0
        area = dice.between(3800, 9600)
        rows.append({"原编号": f"征收{i + 1:03}", "单位": "建西", "经办人": office.clerk(dice, office.communities[1]), "登记日期": registered.isoformat(), "征收项目": "量仪厂生活区",
                     "房号": f"{i // 16 + 1}号楼{i // 4 % 4 + 1}单元{i % 4 + 1}户", "被征收人": office.new_name(dice), "电话": f"1360000{i:04}",
                     "建筑面积": f"{area // 100}.{area % 100:02}", "补偿金额": f"{area * 52}.00", "安置方式": "产权调换" if house else "货币补偿",
                     "办理：签订协议": agreed.isoformat(), "办理：腾空交房": office.later(dice, agreed, 15, 60).isoformat(), "证据：征收补偿协议": ""})
    rows[2]["证据：征收补偿协议"] = office.pdf("expropriation-agreement-1.pdf", "expropriation agreement")
    office.add("expropriation", rows)
    rows = []
    for i in range(9):
        unit = office.communities[1 if i % 3 == 0 else dice.below(11)]
        opinion = f"意见：{('改善老旧小区照明', '增设便民停车位', '加强电动车充电管理')[i % 3]}，已采纳：{'是' if i % 4 else '否'}"
        rows.append({"单位": unit["short"], "经办人": office.clerk(dice, unit), "活动日期": office.day(dice, year, [i + 2]).isoformat(),
                     "活动名称": f"{unit['short']}{('代表接待选民', '委员进社区', '协商议事')[i % 3]}", "平台": ("人大代表联络站（室）", "政协委员之家", "“协商在一线”")[i % 3],
                     "参加代表委员": dice.between(2, 7), "意见建议": opinion, "证据：活动照片": office.png(f"deputies-{i + 1}.png") if i == 3 else ""})
    office.add("deputy_activity", rows)
    publicity = [row for row in office.tables["publicity"] if row["活动日期"].startswith(str(year))]
    rows = []
    for i in range(22):
        unit = office.communities[i % 11]
        theirs = next((row for row in publicity if row["单位"] == unit["short"] and row["活动日期"][5:7] == f"{i // 2 + 1:02}"), None)
        rows.append({"单位": unit["short"], "经办人": office.clerk(dice, unit), "活动日期": theirs["活动日期"] if theirs else office.day(dice, year, [i // 2 + 1]).isoformat(),
                     "活动名称": f"{unit['short']}“五员”联合{'宣传' if theirs else '走访'}", "参加的“五员”": "、".join(["法治副书记", "网格员", "调解员"] + ["社区民警"] * (i % 2)),
                     "内容": "法治宣传" if theirs else "联合走访", "关联：普法宣传": theirs["原编号"] if theirs else ""})
    office.add("five_role_activity", rows)


def tongxin(office, totals):
    dice, rows = office.dice("local"), []
    found, settled = totals["risks"]
    fields = ["退役涉访", "征地拆迁", "邻里纠纷", "家庭矛盾", "电信网络诈骗", "养老诈骗", "其他"]
    for i in range(found):
        unit = office.places[i % len(office.places)]
        day = office.day(dice, office.year, range(1, 12))
        reported = office.later(dice, day, 0, 1)
        held = office.later(dice, reported, 0, 3)
        calm = i < settled
        rows.append({"原编号": "", "单位": unit["short"], "经办人": office.clerk(dice, unit), "发现日期": day.isoformat(), "领域": fields[dice.below(7)],
                     "预警级别": "较重" if i % 9 == 4 else "一般", "发现人": dice.pick(["网格员", "网格员", "社区干部", "派出所"]), "情况": "走访中发现苗头，已登记跟进",
                     "涉及人员": office.new_name(dice), "控制措施": "包保到人，每周回访", "化解结果": "经疏导和帮扶，诉求得到解决" if calm else "",
                     "办理：报告": reported.isoformat(), "办理：落实控制措施": held.isoformat(), "办理：化解": office.later(dice, held, 5, 25).isoformat() if calm else ""})
    rows.sort(key=lambda r: (r["发现日期"], r["单位"]))
    for i, row in enumerate(rows):
        row["原编号"] = f"风险{i + 1:03}"
    office.add("risk_screening", rows)
