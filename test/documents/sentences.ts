/** Short texts as people write them, with the character sets that they may come in. */
export interface Sentences {
  language: string
  charsets: readonly string[]
  texts: readonly string[]
}

const WESTERN = ['windows-1252', 'iso-8859-15']
const CENTRAL = ['windows-1250', 'iso-8859-2']

// biome-ignore format: a table
export const SENTENCES: readonly Sentences[] = [
  { language: 'French', charsets: WESTERN, texts: ['Le café était fermé.', 'Où êtes-vous né ? À Orléans, en février.', 'Prénom;Âge\nZoé;12\nHélène;34', 'Ça va très bien, merci à tous.', 'garçon', 'Société Générale'] },
  { language: 'German', charsets: WESTERN, texts: ['Grüße aus Köln', 'Die Straße ist für Fußgänger gesperrt.', 'Müller;Größe\nJörg;180', 'Übung macht den Meister.', 'Ärzte hören zu.'] },
  { language: 'Spanish', charsets: WESTERN, texts: ['El niño comió en el jardín.', '¿Dónde está la estación?', 'Año;Población\n2020;España', '¡Qué día más bonito!', 'José Ramón Núñez'] },
  { language: 'Portuguese', charsets: WESTERN, texts: ['Não há informações disponíveis.', 'Endereço;Município\nRua João;Brasília', 'Ação e reação'] },
  { language: 'Italian', charsets: WESTERN, texts: ['Perché non è venuto?', 'La città è più bella di sera.', 'Nicolò;età\nverità;caffè'] },
  { language: 'Swedish', charsets: WESTERN, texts: ['Räksmörgås på ön', 'Åke;älg\nÖrebro;får', 'Det är för sent att ångra sig.'] },
  { language: 'Danish', charsets: WESTERN, texts: ['Rødgrød med fløde', 'Århus og Aalborg ligger på Jylland.'] },
  { language: 'Icelandic', charsets: ['windows-1252'], texts: ['Það er gott veður í Reykjavík í dag.'] },
  { language: 'English', charsets: ['windows-1252'], texts: ['The “quoted” word – it’s here…', 'Price: £25 or €30', 'A naïve résumé', '© 2023 Smith & Sons', '25 °C ± 2', 'Café'] },
  { language: 'Polish', charsets: CENTRAL, texts: ['Zażółć gęślą jaźń', 'Proszę o przesłanie faktury do końca miesiąca.', 'Imię;Miasto\nŁukasz;Kraków\nMałgorzata;Poznań', 'Są święta'] },
  { language: 'Czech', charsets: CENTRAL, texts: ['Příliš žluťoučký kůň úpěl ďábelské ódy', 'Děkuji za váš dopis.', 'Dnes večer přijdu později.'] },
  { language: 'Slovak', charsets: CENTRAL, texts: ['Ďakujem za vašu správu, ozvem sa zajtra.', 'Môžete prísť v stredu?'] },
  { language: 'Hungarian', charsets: CENTRAL, texts: ['Árvíztűrő tükörfúrógép', 'Név;Város\nGyőző;Győr\nÁgnes;Pécs', 'A számlát kérjük határidőre kifizetni.'] },
  { language: 'Romanian', charsets: CENTRAL, texts: ['Mulţumesc pentru răspuns.', 'Oraşul Bucureşti este în sudul ţării.'] },
  { language: 'Croatian', charsets: CENTRAL, texts: ['Čestitamo! Vaš račun je plaćen.', 'Grad Šibenik leži na moru između Zadra i Splita.'] },
  { language: 'Russian', charsets: ['windows-1251', 'koi8-r', 'ibm866', 'iso-8859-5'], texts: ['Привет', 'Привет, мир!', 'Счёт за февраль оплачен.', 'Имя;Город\nИван;Москва\nОльга;Казань', 'ПРОТОКОЛ СОБРАНИЯ'] },
  { language: 'Ukrainian', charsets: ['windows-1251', 'koi8-u'], texts: ['Привіт, як справи?', 'Україна є великою країною.'] },
  { language: 'Bulgarian', charsets: ['windows-1251'], texts: ['Здравейте, благодаря за писмото.', 'София е столицата на България.'] },
  { language: 'Greek', charsets: ['windows-1253', 'iso-8859-7'], texts: ['Καλημέρα κόσμε', 'Η Αθήνα είναι η πρωτεύουσα της Ελλάδας.', 'Ευχαριστώ'] },
  { language: 'Turkish', charsets: ['windows-1254', 'iso-8859-9'], texts: ['İstanbul çok güzel bir şehir.', 'Teşekkür ederim, yarın görüşürüz.', 'Ad;Şehir\nAyşe;Eskişehir\nIşıl;Muğla', 'Güneş doğdu'] },
  { language: 'Hebrew', charsets: ['windows-1255', 'iso-8859-8'], texts: ['שלום עולם', 'תודה רבה על המכתב.', 'שם;עיר\nדוד;חיפה'] },
  { language: 'Arabic', charsets: ['windows-1256', 'iso-8859-6'], texts: ['مرحبا بالعالم', 'شكرا لكم على رسالتكم.', 'الاسم;المدينة\nأحمد;دمشق'] },
  { language: 'Lithuanian', charsets: ['windows-1257'], texts: ['Ačiū už laišką, atsakysime rytoj.', 'Šiandien gražus oras, žmonės džiaugiasi.'] },
  { language: 'Latvian', charsets: ['windows-1257'], texts: ['Paldies par vēstuli, atbildēsim rīt.', 'Rīga ir Latvijas galvaspilsēta, ļoti skaista pilsēta.'] },
  { language: 'Thai', charsets: ['windows-874'], texts: ['สวัสดีชาวโลก', 'ขอบคุณมากครับ'] },
  { language: 'Japanese', charsets: ['shift_jis', 'euc-jp'], texts: ['こんにちは世界', '日本語の文章です。', '名前;都市\n太郎;東京\n花子;大阪', 'テスト', '東京都', '会議は3月5日（火）です。'] },
  { language: 'Chinese, simplified', charsets: ['gb18030'], texts: ['你好，世界', '这是一个测试文件。', '姓名;城市\n张三;北京\n李四;上海', '北京', '中文简体'] },
  { language: 'Chinese, traditional', charsets: ['big5'], texts: ['你好，世界', '這是一個測試檔案。', '姓名;城市\n王小明;臺北\n林美麗;高雄', '謝謝您的來信，我們明天回覆。'] },
  { language: 'Korean', charsets: ['euc-kr'], texts: ['안녕하세요 세계', '이것은 시험 문서입니다.', '이름;도시\n김철수;서울\n박영희;부산', '서울', '한국어'] },
]
