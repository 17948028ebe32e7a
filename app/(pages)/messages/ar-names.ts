/** Options, targets and formats in Arabic. */
import type { VocabularyNames } from './vocabulary-texts.ts'

const SHORT_SECRET = 'نص لا يزيد على 42 محرفًا'

// biome-ignore format: a table, one row an option
const OPTIONS_IN_ARABIC: VocabularyNames['options'] = {
  pages: { label: 'الصفحات', sentence: 'هذه الصفحات أو الشرائح فقط، مثل \u20661-3,7\u2069، بهذا الترتيب؛ \u20665-2\u2069 تعدّ تنازليًا. تُعدّ كما تخرج بلا هذا الخيار. تلقائيًا: كلها، وللصور الأولى. صفحة واحدة تعطي صورة واحدة، وعدة صفحات تعطي ZIP بها.', valid: 'أرقام صفحات مثل \u20661-3,7\u2069 أو \u20667,3-1\u2069، كل منها مرة واحدة، أو «all»' },
  split: { label: 'التقسيم', sentence: 'يصنع ملف PDF من كل نطاق صفحات، مثل \u20661-3, 5, 8-\u2069، أو «each» لكل صفحة؛ وتوضع الملفات الكثيرة في ZIP. تبقى الإشارات المرجعية والروابط إن كانت إلى صفحة في الملف نفسه.', valid: 'نطاقات صفحات مثل \u20661-3, 5, 8-\u2069، أو الكلمة each' },
  quality: { label: 'جودة الصور', sentence: 'جودة الصور بصيغة JPEG، من 1 (أصغر ملف) إلى 100 (الأفضل). صور JPEG التي لا تحتاج إلى تصغير توضع في PDF كما هي.' },
  lossless: { label: 'صور بلا فقد', sentence: 'يحفظ الصور في PDF كما هي تمامًا، للطباعة والأرشيف؛ ويكبر الملف. مع دقة محددة تُصغّر، لكن لا تُضغط بصيغة JPEG.' },
  resolution: { label: 'الدقة', sentence: 'نقاط في البوصة. تُصغّر إليها الصور الأدق في PDF (تلقائيًا 300)؛ وبها تصير الصفحات صورًا (تلقائيًا 150).' },
  notes: { label: 'صفحات الملاحظات', sentence: 'للنشرات: تُترك ملاحظات المتحدث، أو تلي الشرائح، أو تأتي وحدها.' },
  hiddenSlides: { label: 'الشرائح المخفية', sentence: 'يطبع أيضًا الشرائح المخفية في العرض.' },
  hiddenSheets: { label: 'الأوراق المخفية', sentence: 'يطبع أيضًا الأوراق المخفية.' },
  hiddenText: { label: 'النص المخفي', sentence: 'يعرض أيضًا النص والفقرات والأقسام المخفية. تُبقي الصيغ المكتبية النص مخفيًا؛ و OpenDocument وحدها تحفظ الأقسام المخفية.' },
  hiddenRows: { label: 'الصفوف المخفية', sentence: 'يعرض أيضًا صفوف الأوراق وأعمدتها المخفية. تُبقيها الصيغ المكتبية مخفية.' },
  trackedChanges: { label: 'التغييرات المتعقَّبة', sentence: 'يعرض النص بعلامات محرريه، أو بقبول كل تغييراتهم أو رفضها. تلقائيًا: مقبولة في النص العادي وصفحة الويب، وبعلامات في غيرهما.' },
  comments: { label: 'التعليقات', sentence: 'يترك التعليقات، أو يطبع تعليقات النص في هامش صفحات أصغر، أو يجعلها ملاحظات في PDF تُفتح بنقرة. لا يمكن أن يتضمن PDF/A مثل هذه الملاحظات.' },
  bookmarks: { label: 'الإشارات المرجعية', sentence: 'يضيف فهرسًا يمكن النقر عليه، من العناوين أو عناوين الشرائح أو أسماء الأوراق. لا فهرس لرسم تُطبع بعض صفحاته فقط.' },
  formFields: { label: 'حقول النماذج', sentence: 'يُبقي حقول النماذج قابلة للملء؛ وعند إيقافه يُطبع محتواها نصًا.' },
  onePagePerSheet: { label: 'صفحة لكل ورقة', sentence: 'يجعل كل صفحة بحجم ورقتها ويعرضها كلها، أيًا كان نطاق طباعتها. الصفحة ذات الرأس أو التذييل بحجم الورق على الأقل؛ والورقة الأطول من 200 بوصة تتابع على صفحات تالية؛ والفارغة بلا صفحة.' },
  fitToWidth: { label: 'الملاءمة للعرض', sentence: 'يصغّر الأوراق حتى تتسع كل أعمدتها لعرض الصفحة.' },
  emptyPages: { label: 'الصفحات الفارغة', sentence: 'يُبقي الصفحات التي بلا كلمات ولا صور، وصفحات ملاحظات الشرائح التي بلا ملاحظات. عند إيقافه تُترك؛ والألوان وحدود الخلايا وحدها تُعدّ فراغًا.' },
  landscape: { label: 'الاتجاه الأفقي', sentence: 'يطبع الأوراق على ورق مُدار أفقيًا.' },
  paper: { label: 'الورق', sentence: 'للملفات التي بلا صفحات خاصة بها. تلقائيًا: Letter أو A4، بحسب المعتاد في أول بلد من لغات متصفحك (Accept-Language). تحتفظ الصورة بحجمها تلقائيًا؛ ومع ورق مختار تُلاءم الصور الأكبر له، باتجاهها.' },
  language: { label: 'لغة التواريخ والأرقام', sentence: 'للتواريخ والأرقام التي لا يحدد المستند شكلها. تلقائيًا: لغته، أو أول لغة في متصفحك (Accept-Language) لمصنف لا يذكر لغة.' },
  timeZone: { label: 'المنطقة الزمنية', sentence: 'للحقول التي تطبع تاريخ التحويل أو وقته، مثل Europe/Berlin. تلقائيًا: UTC.', valid: 'منطقة زمنية مثل Europe/Berlin' },
  password: { label: 'كلمة مرور الملف', sentence: 'تفتح ملفًا محميًا.', valid: 'نص لا يزيد على 200 محرف' },
  resultPassword: { label: 'كلمة مرور PDF', sentence: 'لا يستطيع أحد فتح ملف PDF بدونها.', valid: SHORT_SECRET },
  permissionPassword: { label: 'كلمة مرور الأذونات', sentence: 'ترفع قيود الطباعة والتغيير والنسخ. بدونها لا يستطيع أحد رفعها.', valid: SHORT_SECRET },
  printing: { label: 'الطباعة', sentence: 'هل يُسمح للقراء بطباعة PDF: لا، أو بجودة منخفضة، أو بالجودة الكاملة.' },
  changes: { label: 'التغيير', sentence: 'هل يُسمح للقراء بتغيير PDF.' },
  copying: { label: 'النسخ', sentence: 'هل يُسمح للقراء بالنسخ من PDF.' },
  watermark: { label: 'علامة مائية', sentence: 'كلمة أو كلمتان مطبوعتان عبر كل صفحة.', valid: 'نص لا يزيد على 100 محرف' },
  sheet: { label: 'الورقة', sentence: 'أي ورقة تصير CSV، عدًّا من 1. تُترك الأخرى.' },
  values: { label: 'القيم في CSV', sentence: 'يكتب الخلايا كما تُعرض، أو قيمًا خامًا: كل أرقام العدد، بلا فواصل آلاف ولا وحدات. وتأخذ النسب المئوية والتواريخ والأوقات شكلًا ثابتًا.' },
  delimiter: { label: 'الفاصل', sentence: 'ما يفصل الخلايا: في CSV أو TSV المقروءة، وإلا ففي CSV المكتوبة. تلقائيًا: يُكتشف عند القراءة، وفاصلة عند الكتابة.' },
  dates: { label: 'قراءة التواريخ', sentence: 'يقرأ التواريخ والأوقات في CSV كقيم حقيقية تحتفظ بشكلها. اختر هل يأتي اليوم أو الشهر أولًا في 03/04/2026. تلقائيًا: تبقى نصًا.' },
  percentages: { label: 'قراءة النسب المئوية', sentence: 'يقرأ النسب المئوية في CSV كأرقام تحتفظ بشكلها. تلقائيًا: تبقى نصًا.' },
  formulas: { label: 'حساب الصيغ', sentence: 'يحسب خلايا CSV التي تبدأ بعلامة =. تلقائيًا: تبقى نصًا.' },
  asText: { label: 'الكل كنص', sentence: 'يقرأ كل خلية في CSV كنص، حتى الأرقام.' },
  charset: { label: 'مجموعة المحارف', sentence: 'للنص العادي أو صفحة الويب المقروءة، وإلا فللنص المكتوب. تلقائيًا: تُكتشف عند القراءة، و UTF-8 عند الكتابة.' },
}

// biome-ignore format: a table
const CHOICES_IN_ARABIC: VocabularyNames['choices'] = {
  none: 'بدون', added: 'مضافة', only: 'وحدها', marked: 'بعلامات', accepted: 'مقبولة', rejected: 'مرفوضة', margin: 'في الهامش',
  annotations: 'ملاحظات', low: 'منخفضة', high: 'كاملة', shown: 'كما تُعرض', raw: 'خام', comma: 'فاصلة', semicolon: 'فاصلة منقوطة',
  tab: 'علامة جدولة', pipe: 'خط عمودي', space: 'مسافة', dayFirst: 'اليوم أولًا', monthFirst: 'الشهر أولًا', letter: 'Letter', legal: 'Legal', tabloid: 'Tabloid',
  'en-US': 'الإنجليزية (الولايات المتحدة)', 'en-GB': 'الإنجليزية (المملكة المتحدة)', 'cs-CZ': 'التشيكية', 'da-DK': 'الدنماركية', 'nl-NL': 'الهولندية',
  'fi-FI': 'الفنلندية', 'fr-FR': 'الفرنسية (فرنسا)', 'fr-CA': 'الفرنسية (كندا)', 'de-DE': 'الألمانية (ألمانيا)', 'de-AT': 'الألمانية (النمسا)',
  'de-CH': 'الألمانية (سويسرا)', 'el-GR': 'اليونانية', 'hu-HU': 'المجرية', 'it-IT': 'الإيطالية', 'nb-NO': 'النرويجية', 'pl-PL': 'البولندية',
  'pt-PT': 'البرتغالية (البرتغال)', 'pt-BR': 'البرتغالية (البرازيل)', 'ro-RO': 'الرومانية', 'ru-RU': 'الروسية', 'es-ES': 'الإسبانية (إسبانيا)',
  'es-MX': 'الإسبانية (المكسيك)', 'sv-SE': 'السويدية', 'tr-TR': 'التركية', 'uk-UA': 'الأوكرانية', 'zh-CN': 'الصينية (الصين)', 'zh-TW': 'الصينية (تايوان)',
  'ja-JP': 'اليابانية', 'ko-KR': 'الكورية',
}

// biome-ignore format: a table, one row a target
const TARGETS_IN_ARABIC: VocabularyNames['targets'] = {
  pdf: { name: 'PDF', sentence: 'يبدو واحدًا في كل مكان.' },
  'pdfa-1b': { name: 'PDF/A-1b', sentence: 'للأرشيفات التي تطلب أقدم مواصفة: الخطوط فيه، وبلا شفافية. كل صفحة فيها شيء شفاف تصير صورة واحدة، لا يمكن البحث في نصها ولا نسخه.' },
  'pdfa-2b': { name: 'PDF/A-2b', sentence: 'للأرشيفات: فيه كل ما يلزم لعرضه.' },
  'pdfa-3b': { name: 'PDF/A-3b', sentence: 'للأرشيفات التي يجوز فيها إرفاق ملفات.' },
  pdfua: { name: 'PDF/UA', sentence: 'لقارئات الشاشة: موسوم، بعنوان ولغة.' },
  png: { name: 'PNG', sentence: 'صور حادة للصفحات.' },
  jpg: { name: 'JPG', sentence: 'صور صغيرة للصفحات.' },
  svg: { name: 'SVG', sentence: 'صور للصفحات يمكن تكبيرها.' },
  txt: { name: 'نص عادي', sentence: 'الكلمات فقط.' },
  docx: { name: 'Word', sentence: 'لمتابعة تحريره في Word.' },
  odt: { name: 'نص OpenDocument', sentence: 'لمتابعة تحريره كنص OpenDocument.' },
  rtf: { name: 'نص منسق', sentence: 'لمتابعة تحريره كنص منسق.' },
  html: { name: 'صفحة ويب', sentence: 'للقراءة في المتصفح، في ملف واحد مع صورها.' },
  xlsx: { name: 'Excel', sentence: 'لمتابعة تحريره في Excel.' },
  ods: { name: 'جدول OpenDocument', sentence: 'لمتابعة تحريره كجدول OpenDocument.' },
  csv: { name: 'جدول CSV', sentence: 'ورقة واحدة كنص عادي، وخلاياها كما تبدو. تلقائيًا: الورقة الأولى.' },
  pptx: { name: 'PowerPoint', sentence: 'لمتابعة تحريره في PowerPoint.' },
  odp: { name: 'عرض OpenDocument', sentence: 'لمتابعة تحريره كعرض OpenDocument.' },
}

// biome-ignore format: a table
const SOURCES_IN_ARABIC: VocabularyNames['sources'] = {
  pptx: 'عرض PowerPoint', ppsx: 'عرض شرائح PowerPoint', potx: 'قالب PowerPoint', pptm: 'عرض PowerPoint بوحدات ماكرو', ppsm: 'عرض شرائح PowerPoint بوحدات ماكرو',
  potm: 'قالب PowerPoint بوحدات ماكرو', ppt: 'عرض PowerPoint 97', pps: 'عرض شرائح PowerPoint 97', pot: 'قالب PowerPoint 97', odp: 'عرض OpenDocument',
  otp: 'قالب عرض OpenDocument', fodp: 'عرض OpenDocument مسطح', sxi: 'عرض OpenOffice 1', key: 'عرض Keynote', docx: 'مستند Word', dotx: 'قالب Word',
  docm: 'مستند Word بوحدات ماكرو', dotm: 'قالب Word بوحدات ماكرو', doc: 'مستند Word 97', dot: 'قالب Word 97', wordml: 'مستند Word 2003 XML',
  odt: 'نص OpenDocument', ott: 'قالب نص OpenDocument', fodt: 'نص OpenDocument مسطح', rtf: 'نص منسق', txt: 'نص عادي', sxw: 'نص OpenOffice 1',
  pages: 'مستند Pages', wpd: 'مستند WordPerfect', wps: 'مستند Works', wri: 'مستند Write', html: 'صفحة ويب', mhtml: 'أرشيف ويب (MHTML)',
  xlsx: 'مصنف Excel', xlsm: 'مصنف Excel بوحدات ماكرو', xltx: 'قالب Excel', xltm: 'قالب Excel بوحدات ماكرو', xlsb: 'مصنف Excel ثنائي', xls: 'مصنف Excel 97',
  xlt: 'قالب Excel 97', spreadsheetml: 'مصنف Excel 2003 XML', 'mhtml-table': 'جدول HTML في أرشيف ويب (MHTML)', 'html-table': 'جدول HTML',
  sxc: 'جدول OpenOffice 1', numbers: 'جدول Numbers', 123: 'جدول Lotus 1-2-3', wb2: 'جدول Quattro Pro', slk: 'جدول SYLK', dif: 'جدول DIF',
  ods: 'جدول OpenDocument', ots: 'قالب جدول OpenDocument', fods: 'جدول OpenDocument مسطح', csv: 'جدول نصي (CSV)', tsv: 'جدول نصي (TSV)',
  odg: 'رسم OpenDocument', otg: 'قالب رسم OpenDocument', fodg: 'رسم OpenDocument مسطح', sxd: 'رسم OpenOffice 1', vsdx: 'رسم Visio', vsd: 'رسم Visio 2003',
  pub: 'مستند Publisher', svg: 'رسم SVG', png: 'صورة PNG', jpg: 'صورة JPEG', gif: 'صورة GIF', bmp: 'صورة BMP', tiff: 'صورة TIFF', webp: 'صورة WebP',
  emf: 'رسم EMF', wmf: 'رسم WMF', pdf: 'مستند PDF',
}

export const AR_NAMES: VocabularyNames = {
  options: OPTIONS_IN_ARABIC,
  choices: CHOICES_IN_ARABIC,
  targets: TARGETS_IN_ARABIC,
  sources: SOURCES_IN_ARABIC,
  charsetGroups: {
    Unicode: 'Unicode',
    'Western European': 'أوروبا الغربية',
    'Central European': 'أوروبا الوسطى',
    'Baltic and Nordic': 'البلطيق والشمال الأوروبي',
    Cyrillic: 'السيريلية',
    Greek: 'اليونانية',
    Turkish: 'التركية',
    Hebrew: 'العبرية',
    Arabic: 'العربية',
    'Thai and Vietnamese': 'التايلاندية والفيتنامية',
    Chinese: 'الصينية',
    Japanese: 'اليابانية',
    Korean: 'الكورية',
  },
  presets: {
    'E-mail': { name: 'بريد إلكتروني', sentence: 'ملف PDF صغير: تُصغّر الصور إلى ما تعرضه الشاشة.' },
    Print: { name: 'طباعة', sentence: 'ملف PDF صوره دقيقة بما يكفي للورق.' },
    Archive: { name: 'أرشيف', sentence: 'PDF/A-2b الذي يمكن عرضه بعد خمسين عامًا.' },
    'Slides as pictures': { name: 'الشرائح كصور', sentence: 'ملف ZIP فيه صورة PNG لكل صفحة أو شريحة.' },
  },
}
