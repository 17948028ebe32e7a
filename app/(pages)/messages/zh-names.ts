/** Options, targets and formats in Chinese. */
import type { VocabularyNames } from './vocabulary-texts.ts'

const SHORT_SECRET = '最多 42 个字符的文本'

// biome-ignore format: a table, one row an option
const OPTIONS_IN_CHINESE: VocabularyNames['options'] = {
  pages: { label: '页面', sentence: '只要这些页或幻灯片，例如 1-3,7，按此顺序；5-2 表示倒序。按不使用此选项时的页码计算。默认：全部；图片则为第一页。一页生成一张图片，多页生成一个 ZIP。', valid: '页码，例如 1-3,7 或 7,3-1，每页只出现一次，或“all”' },
  split: { label: '拆分', sentence: '将每个页面范围生成一个 PDF，例如 1-3, 5, 8-；“each”表示每页一个；多个放在一个 ZIP 中。指向同一 PDF 中页面的书签和链接会保留。', valid: '页面范围，例如 1-3, 5, 8-，或单词 each' },
  quality: { label: '图片质量', sentence: 'JPEG 图片的质量，从 1（文件最小）到 100（最好）。无需缩小的 JPEG 图片会原样放入 PDF。' },
  lossless: { label: '无损图片', sentence: '在 PDF 中原样保留图片，适合印刷和存档；文件会变大。设置分辨率时会缩小图片，但不用 JPEG 压缩。' },
  resolution: { label: '分辨率', sentence: '每英寸点数。PDF 中更精细的图片会缩小到此值（默认 300）；页面以此值转换为图片（默认 150）。' },
  notes: { label: '备注页', sentence: '用于讲义：演讲者备注可以略去、附在幻灯片之后或单独输出。' },
  hiddenSlides: { label: '隐藏的幻灯片', sentence: '也打印放映时隐藏的幻灯片。' },
  hiddenSheets: { label: '隐藏的工作表', sentence: '也打印隐藏的工作表。' },
  hiddenText: { label: '隐藏的文字', sentence: '也显示隐藏的文字、段落和节。办公格式会保持文字隐藏；只有 OpenDocument 会保留隐藏的节。' },
  hiddenRows: { label: '隐藏的行', sentence: '也显示工作表中隐藏的行和列。办公格式会保持它们隐藏。' },
  trackedChanges: { label: '修订', sentence: '显示带修订标记的文字，或全部接受、全部拒绝后的文字。默认：纯文本和网页中接受，其他格式中显示标记。' },
  comments: { label: '批注', sentence: '略去批注，将文字的批注打印在缩小页面的边上，或将它们变为 PDF 中点击即可打开的注释。PDF/A 不能包含这种注释。' },
  bookmarks: { label: '书签', sentence: '添加可点击的目录，由标题、幻灯片标题或工作表名称组成。只打印部分页面的绘图没有目录。' },
  formFields: { label: '表单域', sentence: '保持表单域可填写；关闭后，其内容打印为文字。' },
  onePagePerSheet: { label: '每个工作表一页', sentence: '使每页与工作表一样大，并显示全部内容，不管打印区域。有页眉或页脚的页面至少与纸张一样大；超过 200 英寸的工作表在后面的页上继续；空的工作表没有页面。' },
  fitToWidth: { label: '适合宽度', sentence: '缩小工作表，直到所有列适合一页的宽度。' },
  emptyPages: { label: '空白页', sentence: '保留没有文字和图片的页面，以及没有备注的幻灯片的备注页。关闭后会略去它们；只有颜色和单元格边框也算空白。' },
  landscape: { label: '横向', sentence: '将工作表打印在横向的纸张上。' },
  paper: { label: '纸张', sentence: '用于本身没有页面的文件。默认：Letter 或 A4，取决于您的浏览器语言（Accept-Language）中第一个国家的习惯。图片默认保持自己的大小；选择纸张后，较大的图片会按自己的方向缩小以适合纸张。' },
  language: { label: '日期和数字的语言', sentence: '用于文档没有规定格式的日期和数字。默认：文档自己的语言；工作簿没有语言时，为您浏览器的第一种语言（Accept-Language）。' },
  timeZone: { label: '时区', sentence: '用于打印转换日期或时间的域，例如 Europe/Berlin。默认：UTC。', valid: '时区，例如 Europe/Berlin' },
  password: { label: '文件的密码', sentence: '打开有密码保护的文件。', valid: '最多 200 个字符的文本' },
  resultPassword: { label: 'PDF 的密码', sentence: '没有它，任何人都无法打开 PDF。', valid: SHORT_SECRET },
  permissionPassword: { label: '权限的密码', sentence: '解除对打印、更改和复制的限制。没有设置则无人能解除。', valid: SHORT_SECRET },
  printing: { label: '打印', sentence: '读者是否可以打印 PDF：不可以、低质量或全质量。' },
  changes: { label: '更改', sentence: '读者是否可以更改 PDF。' },
  copying: { label: '复制', sentence: '读者是否可以从 PDF 复制内容。' },
  watermark: { label: '水印', sentence: '在每页上斜印一两个词。', valid: '最多 100 个字符的文本' },
  sheet: { label: '工作表', sentence: '哪个工作表成为 CSV，从 1 开始计数。其他的略去。' },
  values: { label: 'CSV 中的值', sentence: '按显示的样子写入单元格，或写入原始值：数字的所有位数，没有千位分隔符和单位。百分比、日期和时间采用固定格式。' },
  delimiter: { label: '分隔符', sentence: '分隔单元格的符号：读取 CSV 或 TSV 时为其分隔符，否则为写出的 CSV 的分隔符。默认：读取时自动识别，写出时为逗号。' },
  dates: { label: '识别日期', sentence: '将 CSV 中的日期和时间读取为真正的日期，并保持外观。请选择 03/04/2026 中先日还是先月。默认：保持为文本。' },
  percentages: { label: '识别百分比', sentence: '将 CSV 中的百分比读取为数字，并保持外观。默认：保持为文本。' },
  formulas: { label: '计算公式', sentence: '计算 CSV 中以 = 开头的单元格。默认：保持为文本。' },
  asText: { label: '全部作为文本', sentence: '将 CSV 的每个单元格读取为文本，包括数字。' },
  charset: { label: '字符集', sentence: '读取纯文本或网页时为其字符集，否则为写出的文本的字符集。默认：读取时自动识别，写出时为 UTF-8。' },
}

// biome-ignore format: a table
const CHOICES_IN_CHINESE: VocabularyNames['choices'] = {
  none: '无', added: '附加', only: '仅此', marked: '标记', accepted: '接受', rejected: '拒绝', margin: '页边', annotations: '注释',
  low: '低', high: '高', shown: '显示的值', raw: '原始值', comma: '逗号', semicolon: '分号', tab: '制表符', pipe: '竖线', space: '空格',
  dayFirst: '先日', monthFirst: '先月', letter: 'Letter', legal: 'Legal', tabloid: 'Tabloid',
  'en-US': '英语（美国）', 'en-GB': '英语（英国）', 'cs-CZ': '捷克语', 'da-DK': '丹麦语', 'nl-NL': '荷兰语', 'fi-FI': '芬兰语',
  'fr-FR': '法语（法国）', 'fr-CA': '法语（加拿大）', 'de-DE': '德语（德国）', 'de-AT': '德语（奥地利）', 'de-CH': '德语（瑞士）',
  'el-GR': '希腊语', 'hu-HU': '匈牙利语', 'it-IT': '意大利语', 'nb-NO': '挪威语', 'pl-PL': '波兰语', 'pt-PT': '葡萄牙语（葡萄牙）',
  'pt-BR': '葡萄牙语（巴西）', 'ro-RO': '罗马尼亚语', 'ru-RU': '俄语', 'es-ES': '西班牙语（西班牙）', 'es-MX': '西班牙语（墨西哥）',
  'sv-SE': '瑞典语', 'tr-TR': '土耳其语', 'uk-UA': '乌克兰语', 'zh-CN': '中文（中国）', 'zh-TW': '中文（台湾）', 'ja-JP': '日语', 'ko-KR': '韩语',
}

// biome-ignore format: a table, one row a target
const TARGETS_IN_CHINESE: VocabularyNames['targets'] = {
  pdf: { name: 'PDF', sentence: '在任何地方看起来都一样。' },
  'pdfa-1b': { name: 'PDF/A-1b', sentence: '用于要求最早规范的存档：包含字体，没有透明。含有透明内容的每一页会变成一张图片，其中的文字无法搜索或复制。' },
  'pdfa-2b': { name: 'PDF/A-2b', sentence: '用于存档：包含显示所需的一切。' },
  'pdfa-3b': { name: 'PDF/A-3b', sentence: '用于可以附加文件的存档。' },
  pdfua: { name: 'PDF/UA', sentence: '用于屏幕阅读器：带有标记、标题和语言。' },
  png: { name: 'PNG', sentence: '清晰的页面图片。' },
  jpg: { name: 'JPG', sentence: '较小的页面图片。' },
  svg: { name: 'SVG', sentence: '可以放大的页面图片。' },
  txt: { name: '纯文本', sentence: '只有文字。' },
  docx: { name: 'Word', sentence: '用于在 Word 中继续编辑。' },
  odt: { name: 'OpenDocument 文本', sentence: '用于作为 OpenDocument 文本继续编辑。' },
  rtf: { name: '富文本', sentence: '用于作为富文本继续编辑。' },
  html: { name: '网页', sentence: '用于在浏览器中阅读，图片包含在同一个文件中。' },
  xlsx: { name: 'Excel', sentence: '用于在 Excel 中继续编辑。' },
  ods: { name: 'OpenDocument 电子表格', sentence: '用于作为 OpenDocument 电子表格继续编辑。' },
  csv: { name: 'CSV 表格', sentence: '一个工作表作为纯文本，单元格按显示的样子。默认：第一个工作表。' },
  pptx: { name: 'PowerPoint', sentence: '用于在 PowerPoint 中继续编辑。' },
  odp: { name: 'OpenDocument 演示文稿', sentence: '用于作为 OpenDocument 演示文稿继续编辑。' },
}

// biome-ignore format: a table
const SOURCES_IN_CHINESE: VocabularyNames['sources'] = {
  pptx: 'PowerPoint 演示文稿', ppsx: 'PowerPoint 放映', potx: 'PowerPoint 模板', pptm: '含宏的 PowerPoint 演示文稿', ppsm: '含宏的 PowerPoint 放映',
  potm: '含宏的 PowerPoint 模板', ppt: 'PowerPoint 97 演示文稿', pps: 'PowerPoint 97 放映', pot: 'PowerPoint 97 模板', odp: 'OpenDocument 演示文稿',
  otp: 'OpenDocument 演示文稿模板', fodp: '平面 OpenDocument 演示文稿', sxi: 'OpenOffice 1 演示文稿', key: 'Keynote 演示文稿', docx: 'Word 文档',
  dotx: 'Word 模板', docm: '含宏的 Word 文档', dotm: '含宏的 Word 模板', doc: 'Word 97 文档', dot: 'Word 97 模板', wordml: 'Word 2003 XML 文档',
  odt: 'OpenDocument 文本', ott: 'OpenDocument 文本模板', fodt: '平面 OpenDocument 文本', rtf: '富文本', txt: '纯文本', sxw: 'OpenOffice 1 文本',
  pages: 'Pages 文档', wpd: 'WordPerfect 文档', wps: 'Works 文档', wri: 'Write 文档', html: '网页', mhtml: '网页归档（MHTML）', xlsx: 'Excel 工作簿',
  xlsm: '含宏的 Excel 工作簿', xltx: 'Excel 模板', xltm: '含宏的 Excel 模板', xlsb: '二进制 Excel 工作簿', xls: 'Excel 97 工作簿', xlt: 'Excel 97 模板',
  spreadsheetml: 'Excel 2003 XML 工作簿', 'mhtml-table': '网页归档中的 HTML 表格（MHTML）', 'html-table': 'HTML 表格', sxc: 'OpenOffice 1 电子表格',
  numbers: 'Numbers 电子表格', 123: 'Lotus 1-2-3 电子表格', wb2: 'Quattro Pro 电子表格', slk: 'SYLK 电子表格', dif: 'DIF 电子表格',
  ods: 'OpenDocument 电子表格', ots: 'OpenDocument 电子表格模板', fods: '平面 OpenDocument 电子表格', csv: '纯文本表格（CSV）', tsv: '纯文本表格（TSV）',
  odg: 'OpenDocument 绘图', otg: 'OpenDocument 绘图模板', fodg: '平面 OpenDocument 绘图', sxd: 'OpenOffice 1 绘图', vsdx: 'Visio 绘图',
  vsd: 'Visio 2003 绘图', pub: 'Publisher 文档', svg: 'SVG 绘图', png: 'PNG 图片', jpg: 'JPEG 图片', gif: 'GIF 图片', bmp: 'BMP 图片',
  tiff: 'TIFF 图片', webp: 'WebP 图片', emf: 'EMF 绘图', wmf: 'WMF 绘图', pdf: 'PDF 文档',
}

export const ZH_NAMES: VocabularyNames = {
  options: OPTIONS_IN_CHINESE,
  choices: CHOICES_IN_CHINESE,
  targets: TARGETS_IN_CHINESE,
  sources: SOURCES_IN_CHINESE,
  charsetGroups: {
    Unicode: 'Unicode',
    'Western European': '西欧',
    'Central European': '中欧',
    'Baltic and Nordic': '波罗的海和北欧',
    Cyrillic: '西里尔文',
    Greek: '希腊文',
    Turkish: '土耳其文',
    Hebrew: '希伯来文',
    Arabic: '阿拉伯文',
    'Thai and Vietnamese': '泰文和越南文',
    Chinese: '中文',
    Japanese: '日文',
    Korean: '韩文',
  },
  presets: {
    'E-mail': { name: '电子邮件', sentence: '较小的 PDF：图片缩小到屏幕显示所需的大小。' },
    Print: { name: '印刷', sentence: '图片足够精细、适合纸张的 PDF。' },
    Archive: { name: '存档', sentence: 'PDF/A-2b，五十年后仍可显示。' },
    'Slides as pictures': { name: '幻灯片转图片', sentence: '一个 ZIP，每页或每张幻灯片一个 PNG。' },
  },
}
