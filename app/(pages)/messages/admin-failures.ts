import { adminSubject } from './admin-subject.ts'

/** Failures that are alike. */
// biome-ignore format: a table, one row a text
export const ADMIN_FAILURES = adminSubject({
  title: 'Errors',
  about: 'Failures of the last seven days, grouped by error, format of the source, and what the error says without numbers, names and paths. Counted once a minute.',
  notKept: 'Statistics are kept where the jobs are in PostgreSQL; this Nightshift keeps none.',
  none: 'No job failed in the last seven days.',
  error: 'Error', format: 'Format', today: '24 hours', week: '7 days', first: 'First (UTC)', last: 'Last (UTC)', samples: 'Jobs', all: 'All with this error',
}, {
  de: {
    title: 'Fehler',
    about: 'Fehler der letzten sieben Tage, gruppiert nach Fehler, Format der Quelle und dem, was der Fehler ohne Zahlen, Namen und Pfade sagt. Einmal in der Minute gezählt.',
    notKept: 'Statistiken gibt es, wo die Aufträge in PostgreSQL liegen; dieses Nightshift führt keine.',
    none: 'In den letzten sieben Tagen ist kein Auftrag gescheitert.',
    error: 'Fehler', format: 'Format', today: '24 Stunden', week: '7 Tage', first: 'Zuerst (UTC)', last: 'Zuletzt (UTC)', samples: 'Aufträge', all: 'Alle mit diesem Fehler',
  },
  zh: {
    title: '错误',
    about: '最近七天的失败，按错误、源格式以及去掉数字、名称和路径后的错误内容分组。每分钟统计一次。',
    notKept: '任务存放在 PostgreSQL 时才保留统计；此 Nightshift 不保留。',
    none: '最近七天没有任务失败。',
    error: '错误', format: '格式', today: '24 小时', week: '7 天', first: '首次（UTC）', last: '最近（UTC）', samples: '任务', all: '所有此类错误',
  },
  ar: {
    title: 'الأخطاء',
    about: 'حالات الفشل في الأيام السبعة الأخيرة، مجمّعة حسب الخطأ وصيغة المصدر وما يقوله الخطأ دون أرقام وأسماء ومسارات. تُحصى مرة كل دقيقة.',
    notKept: 'تُحفظ الإحصاءات حيث تكون المهام في PostgreSQL؛ وNightshift هذا لا يحفظ شيئًا منها.',
    none: 'لم تفشل أي مهمة في الأيام السبعة الأخيرة.',
    error: 'الخطأ', format: 'الصيغة', today: '24 ساعة', week: '7 أيام', first: 'الأول (UTC)', last: 'الأخير (UTC)', samples: 'المهام', all: 'كل ما به هذا الخطأ',
  },
})
