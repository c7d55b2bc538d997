"""What tools/make_examples.py builds the five example offices from.

`totals` are taken from the offices' published annual reports (of a figure like 5.5万余 a value inside its range);
everything else here is invented.
"""
import datetime

D = datetime.date

SURNAMES = list("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文")
GIVEN_FIRST = list("文志建晓秀桂玉海春国永雅立思佳明红俊丽振维成云景学宏凤光少庆德兰新宝世锦")
GIVEN_SECOND = list("博华英平芳军敏强霞涛静波娟斌玲辉燕峰梅亮琴洁鹏慧刚颖杰萍宁莉超琳飞洋欣雨彤轩瑞然")

SECTIONS = [("party_office", "党政办公室", "党政办"), ("peace_office", "平安建设办公室", "平安办"),
            ("judicial_office", "司法所", "司法所"), ("city_office", "城市管理办公室", "城管办"),
            ("service_office", "公共服务办公室", "公服办"), ("enforcement_team", "综合行政执法队", "执法队")]

HOLIDAYS = [(D(y, 10, 1), D(y, 10, 7)) for y in range(2021, 2026)] + [(D(y, 5, 1), D(y, 5, 5)) for y in range(2021, 2026)] + \
           [(D(y, 1, 1), D(y, 1, 3)) for y in range(2021, 2026)] + \
           [(D(y, 4, 4), D(y, 4, 6)) for y in range(2021, 2026)] + \
           [(D(2021, 2, 11), D(2021, 2, 17)), (D(2022, 1, 31), D(2022, 2, 6)), (D(2023, 1, 21), D(2023, 1, 27)),
            (D(2024, 2, 10), D(2024, 2, 17)), (D(2025, 1, 28), D(2025, 2, 4)), (D(2021, 6, 14), D(2021, 6, 14)),
            (D(2022, 6, 3), D(2022, 6, 3)), (D(2023, 6, 22), D(2023, 6, 23)), (D(2024, 6, 10), D(2024, 6, 10)),
            (D(2021, 9, 20), D(2021, 9, 21)), (D(2022, 9, 12), D(2022, 9, 12)), (D(2023, 9, 29), D(2023, 9, 29)),
            (D(2024, 9, 16), D(2024, 9, 17))]

JIEFANG = dict(code="jiefang", kind="district", name="解放区", full_name="解放区人民政府", short="解放")

OFFICES = {
    "minsheng": dict(
        year=2022, name="民生街道", full_name="解放区民生街道办事处", short="民生", document_code="解民办", parent=JIEFANG,
        area="410802", communities=["学苑", "建设", "光明", "幸福", "和谐", "利民", "惠民", "安居"], mediators=22, officers=6,
        settings=dict(annual_report_addressee="解放区委、区政府", annual_report_copies="解放区委全面依法治区委员会"),
        totals=dict(
            responsibility=13,
            publicity=dict(n=38, occasions=16, consultations=9, safety=6, materials=4360, banners=42, screens=20, audience=5210),
            dispute=dict(found=46, mediated=17, agreed=16), hazard=dict(found=34, removed=31, handed_over=2),
            studies=dict(central_group=9, cadres=3, staff=6), staff_trainings=(2, 118), leader_trainings=2, communities_trained=2,
            mediator_trainings=(1, 1), exams=[("ability", "own", 64, 64, 62, 7)], inspections=8, inspections_study=0,
            counsel=dict(court=1, consultation=(9, 24), documents=(5, 9), key_work=2, guidance=(3, 8)),
            litigation=(1, 0), proposals=(1, 1), requests=40, disclosure=0, contracts=5, honours=1)),
    "wangzhu": dict(
        year=2023, name="王褚街道", full_name="解放区王褚街道办事处", short="王褚", document_code="解王办", parent=JIEFANG,
        area="410802", communities=["福苑", "瑞和", "景明", "祥和", "泰宁", "嘉园"], villages=["东岭", "西岭", "南坡", "北坡"],
        mediators=32, officers=9,
        settings=dict(annual_report_addressee="解放区委、区政府", annual_report_copies="解放区委全面依法治区委员会",
                      annual_report_order=["first_responsible_person", "results", "shortcomings", "next_year", "other"]),
        totals=dict(
            responsibility=8,
            publicity=dict(n=44, occasions=19, consultations=12, safety=9, materials=8046, banners=66, screens=31, audience=9480),
            dispute=dict(found=31, mediated=14, agreed=14), hazard=dict(found=52, removed=47, handed_over=3),
            studies=dict(central_group=12, cadres=3, staff=5), staff_trainings=(4, 206), leader_trainings=1, communities_trained=8,
            mediator_trainings=(2, 0), exams=[("enforcement", "superior", 4, 4, None, 5), ("enforcement", "superior", 3, 3, None, 10),
                                              ("publicity", "own", 58, 57, 56, 11)],
            inspections=35, inspections_study=1,
            counsel=dict(court=7, consultation=(24, 73), documents=(9, 13), key_work=4, guidance=(3, 7)),
            litigation=(4, 0), proposals=(1, 2), requests=86, disclosure=3, contracts=7, honours=1)),
    "keyuan": dict(
        year=2022, name="科苑街道", full_name="张店区人民政府科苑街道办事处", short="科苑", document_code="科办政办发",
        parent=dict(code="zhangdian", kind="district", name="张店区", full_name="张店区人民政府", short="张店"),
        area="370303", mediators=184, officers=11,
        communities=["潘庄", "科兴", "学府", "世纪", "丰泽", "柳园", "东苑", "西苑", "南苑", "北苑", "明珠", "金泰", "华光", "新民", "怡景"],
        settings=dict(annual_report_addressee="张店区委、区政府", annual_report_copies="张店区委全面依法治区委员会"),
        totals=dict(
            responsibility=10, lawyers=12,
            publicity=dict(n=47, occasions=24, consultations=22, safety=5, materials=6083, banners=58, screens=26, audience=3642),
            dispute=dict(found=168, mediated=61, agreed=58), hazard=dict(found=74, removed=69, handed_over=4),
            studies=dict(central_group=12, cadres=4, staff=8), staff_trainings=(3, 141), leader_trainings=2, communities_trained=2,
            mediator_trainings=(2, 4), exams=[("publicity", "own", 72, 72, 71, 6), ("enforcement", "superior", 2, 2, None, 9)],
            inspections=12, inspections_study=0,
            counsel=dict(court=2, consultation=(16, 41), documents=(8, 19), key_work=3, guidance=(4, 12)),
            litigation=(2, 0), proposals=(2, 1), requests=110, disclosure=5, contracts=8, honours=1)),
    "qianjin": dict(
        year=2023, name="前进街道", full_name="湖滨区人民政府前进街道办事处", short="前进", document_code="湖前办发",
        parent=dict(code="hubin", kind="district", name="湖滨区", full_name="湖滨区人民政府", short="湖滨"),
        area="411202", mediators=35, officers=14,
        communities=["华创", "建西", "向阳", "春晓", "康乐", "文苑", "新风", "锦绣", "和平", "友谊", "朝阳"],
        settings=dict(annual_report_addressee="湖滨区委、区政府", annual_report_copies="湖滨区委全面依法治区委员会",
                      annual_report_order=["first_responsible_person", "results", "shortcomings", "next_year", "other"]),
        totals=dict(
            responsibility=9,
            publicity=dict(n=238, occasions=31, consultations=18, safety=206, materials=55320, banners=306, screens=0, audience=41870),
            dispute=dict(found=392, mediated=43, agreed=40), hazard=dict(found=126, removed=117, handed_over=5),
            studies=dict(central_group=18, cadres=4, staff=6), staff_trainings=(3, 164), leader_trainings=2, communities_trained=2,
            mediator_trainings=(2, 1), exams=[("enforcement", "own", 14, 14, 14, 9)], inspections=11, inspections_study=1,
            counsel=dict(court=6, consultation=(14, 36), documents=(7, 15), key_work=13, guidance=(11, 34)),
            litigation=(1, 15), proposals=(2, 1), requests=92, disclosure=4, contracts=8, honours=2, households=64)),
    "tongxin": dict(
        year=2024, name="同心街道", full_name="长春市绿园区人民政府同心街道办事处", short="同心", document_code="长绿同信发",
        parent=dict(code="lvyuan", kind="district", name="绿园区", full_name="长春市绿园区人民政府", short="绿园"),
        area="220106", mediators=28, officers=8,
        communities=["同德", "同福", "春光", "晨光", "迎春", "兴业", "康平"], villages=["前屯", "后屯"],
        settings=dict(annual_report_addressee="区委、区政府", annual_report_copies="绿园区委全面依法治区委员会"),
        totals=dict(
            responsibility=7,
            publicity=dict(n=41, occasions=23, consultations=8, safety=12, materials=5072, banners=21, screens=15, audience=6240),
            dispute=dict(found=58, mediated=24, agreed=22), hazard=dict(found=43, removed=38, handed_over=3),
            studies=dict(central_group=10, cadres=3, staff=7), staff_trainings=(2, 96), leader_trainings=1, communities_trained=3,
            mediator_trainings=(2, 1), exams=[("ability", "own", 48, 47, 47, 8)], inspections=9, inspections_study=0,
            counsel=dict(court=1, consultation=(10, 22), documents=(4, 6), key_work=2, guidance=(3, 9)),
            litigation=(1, 0), proposals=(1, 0), requests=64, disclosure=3, contracts=4, honours=0, risks=(37, 35))),
}
