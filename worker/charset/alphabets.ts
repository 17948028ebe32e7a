/** The letters outside ASCII of the detected languages, the most frequent first. */

export type WritingSystem =
  | 'latin'
  | 'cyrillic'
  | 'greek'
  | 'hebrew'
  | 'arabic'
  | 'thai'
  | 'han'
  | 'kana'
  | 'hangul'

export interface Alphabet {
  script: WritingSystem
  /** Outside ASCII, in lower case. */
  letters: string
  /** The ASCII letters by frequency, where they differ between languages. */
  ascii?: string
}

const latin = (letters: string, ascii: string): Alphabet => ({ script: 'latin', letters, ascii })
const cyrillic = (letters: string): Alphabet => ({ script: 'cyrillic', letters })

export const ALPHABETS: readonly Alphabet[] = [
  latin('éïñçèêöü', 'etoiansrldhcpumfgbwyvkxzjq'), // English
  latin('éèàêçôîûùâëïœü', 'esainrtoludcpmfghbvqxykjzw'), // French
  latin('üäößé', 'enitraslduohgcmbkfpzwvyxjq'), // German
  latin('óáíéñúü', 'eaosrindlctupmbfgvhxqyjzkw'), // Spanish
  latin('ãçáéíóõêúâàôü', 'aoesridntmclupvfgbhqxzkjyw'), // Portuguese
  latin('èàòùéìî', 'eiaontrslcdupmgbvfzhkywqxj'), // Italian
  latin('óàéèíòçúïü', 'easirtnlodcupmfgbxvhqzyjkw'), // Catalan
  latin('äöåéàü', 'aentrislodkgmufpvcbhyxjwzq'), // Swedish
  latin('äöšžå', 'itaesnolkurmvypdhjbcgfxwzq'), // Finnish
  latin('øåæéôòü', 'erntisaldkogmufvpbhycjxwzq'), // Danish, Norwegian
  latin('íáðæóöéþúý', 'anirsetlkugmodbhpfvyjcwzxq'), // Icelandic
  latin('ëéïöüèê', 'enatirosdlgumkvpbchwfjzyxq'), // Dutch
  latin('łżęąśóćńź', 'aieonsrzwtkypcdulmjgbhfvxq'), // Polish
  latin('íáěéřčžýšůúóňťď', 'oenatsrpivlukdzmcbyhjgfxwq'), // Czech
  latin('áčíéýžúšľťóňôäďĺŕ', 'aoenirstvpkludmzbcyhjfgxwq'), // Slovak
  latin('áéöóőíüúű', 'eatslnrkoizmgvbhdypcufjxwq'), // Hungarian
  latin('ăţîşâțș', 'eiartnuslcodpmfbgvzhxkjwyq'), // Romanian
  latin('čšžćđ', 'aieonrstkjpuldvmzbgcfhxywq'), // Croatian, Slovenian, Serbian
  latin('ıüçşöğiâî', 'aielnrstdmkouybgczphvfwxjq'), // Turkish
  latin('šėžųūįčąę', 'aisteornkulmpdvgjybfchzxwq'), // Lithuanian
  latin('āīēšļūņžķģč', 'aisterunoklmpdvzjgbcfhxwyq'), // Latvian
  latin('äõüöšž', 'aiestlunrkodmvpgbjhfcxywzq'), // Estonian
  latin('ëç', 'eitrasnuomhpkldjgfbvzcyqxw'), // Albanian
  cyrillic('оеаинтрслвкпдмуязьыйбчгжфцхюшщэёъ'), // Russian
  cyrillic('аноиетврікслдупмязбьйгчжцхєфшюїщґ'), // Ukrainian
  cyrillic('аениотрсвдкплзмъябучгжйфцшщхюь'), // Bulgarian
  cyrillic('аеионртскупдвмјзлбгшчњцљжћхфђќѓѕџ'), // Serbian, Macedonian
  cyrillic('анркіыслетдявпмоуцзэьгбўчйшхфжюё'), // Belarusian
  { script: 'greek', letters: 'αοετινσρμηπκυςλίγδήέάόχωθφύβώξζψϊϋΐΰ' },
  { script: 'hebrew', letters: 'יוהלתאמרנבשקדםפסגטעחןכצזךץףװױײ' },
  { script: 'arabic', letters: 'اليمرتوةندفبعسحقكهجصشأخطىإذغزضئثءظؤآپگچژ' },
  { script: 'thai', letters: 'านรกอเง่ม้ยลวดทตสัปบิี็คขหะแ์จพชใไผุถึืูธโซฟณศญษฐภฝฉำฮฎๆ' },
]

/** The most frequent syllables and ideographs of each language. */
export const FREQUENT = {
  simplified:
    '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边张该交规万取格望觉术领共确传师观清今切院让识候带导争运您请谢京',
  traditional:
    '的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象完設式色路記南品住告類求據程北邊張該交規萬取格望覺術領共確傳師觀清今切院讓識候帶導爭運您請謝臺灣',
  japanese:
    '日一国会人年大十二本中長出三同時政事自行社見月分議後前民生連五発間対上部東者党地合市業内相方四定今回新場金員九入選立開手米力学問高代明実円関決子動京全目表戦経通外最言氏現理調体化田当八六約主題下首意法不来作性的要用制治度務強気小七成期公野協取都和統以機平総加山思家話世受区領多県続進正安設保改数記院女初北午指権心界支第産結百派点教報済書府活原先共得解名交資予川向際査勝面委告軍文反元重近千考判認画海参売利組知案道信策集在件団別物側任引使求所次水半品昨論計死官増係感特情投示変打男基私各始島直両朝革価式確村提運終挙果西勢減広容必応演電歳住争談能無再位置流格有疑口過局少放税検町常校料送求様御請阪',
  korean:
    '이다는의에을가고하은지한를사기로도인어대자리서나아해시라정그전일수과여들게보부있스만장국상주신제동구안조공원우성소니면적모오위관방생중화미선습요년비경내유무문출전까회물용세실음학계업합등체교명민연법당결개통발행분으드던었겠했됩합녕감름글말답서울',
} as const

/** Punctuation and symbols of all languages, the most frequent first. */
export const SIGNS = '’–“”„…«»°€£§—‘•¿¡©®™±×½²³·º№ª‚‹›µ¼¾¹†÷¶¢¥¦¬‰'
/** Punctuation and symbols of East Asian texts. */
export const WIDE_SIGNS = '，。、「」：（）！？；《》『』・ー～“”‘’…　—〜【】〈〉／％＋－＝●○■□◆◇★☆※→↑↓←'
