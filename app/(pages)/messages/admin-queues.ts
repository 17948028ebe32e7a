import { adminSubject } from './admin-subject.ts'

/** The queue of jobs, and its pause. */
// biome-ignore format: a table, one row a text
export const ADMIN_QUEUES = adminSubject({
  title: 'Queues',
  convert: 'Jobs', waiting: 'Waiting', running: 'Running', dead: 'Dead letters', oldest: 'Oldest waits since (UTC)', state: 'State', maintain: 'Maintenance', queue: 'Queue',
  works: 'Active', paused: 'Paused', since: 'Paused since (UTC)', pause: 'Pause', resume: 'Resume', atLeast: '{n}+', atMost: '{n} at most',
  about: 'While jobs are paused files are taken, but no worker starts a job; running jobs go on. Every worker follows within two seconds, and a pause outlasts restarts.',
  messages: 'These are messages of the schedules, not jobs.',
}, {
  de: {
    title: 'Warteschlangen',
    convert: 'Aufträge', waiting: 'Wartend', running: 'Laufend', dead: 'Endgültig fehlgeschlagen', oldest: 'Ältester wartet seit (UTC)', state: 'Zustand', maintain: 'Wartung', queue: 'Warteschlange',
    works: 'Aktiv', paused: 'Angehalten', since: 'Angehalten seit (UTC)', pause: 'Anhalten', resume: 'Fortsetzen', atLeast: '{n}+', atMost: 'höchstens {n}',
    about: 'Solange Aufträge angehalten sind, werden Dateien angenommen, aber kein Umwandler beginnt einen Auftrag; laufende gehen weiter. Jeder Umwandler folgt innerhalb von zwei Sekunden, und eine Pause übersteht Neustarts.',
    messages: 'Das sind Nachrichten der Zeitpläne, keine Aufträge.',
  },
  zh: {
    title: '队列',
    convert: '任务', waiting: '等待中', running: '运行中', dead: '死信', oldest: '最早等待自（UTC）', state: '状态', maintain: '维护', queue: '队列',
    works: '正常', paused: '已暂停', since: '暂停自（UTC）', pause: '暂停', resume: '恢复', atLeast: '{n}+', atMost: '最多 {n}',
    about: '暂停期间仍接收文件，但没有转换器会开始任务；运行中的任务继续。每个转换器在两秒内生效，重启后暂停依然有效。',
    messages: '这些是计划任务发送的消息，不是任务。',
  },
  ar: {
    title: 'قوائم الانتظار',
    convert: 'المهام', waiting: 'في الانتظار', running: 'قيد التنفيذ', dead: 'الرسائل الميتة', oldest: 'أقدمها ينتظر منذ (UTC)', state: 'الحالة', maintain: 'الصيانة', queue: 'القائمة',
    works: 'نشطة', paused: 'متوقفة', since: 'متوقفة منذ (UTC)', pause: 'إيقاف مؤقت', resume: 'استئناف', atLeast: '{n}+', atMost: '{n} على الأكثر',
    about: 'أثناء الإيقاف تُقبل الملفات، لكن لا يبدأ أي محوّل مهمة؛ وتستمر المهام الجارية. يتبع كل محوّل ذلك خلال ثانيتين، ويبقى الإيقاف بعد إعادة التشغيل.',
    messages: 'هذه رسائل الجداول، وليست مهامًا.',
  },
})
