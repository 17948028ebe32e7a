import { adminSubject } from './admin-subject.ts'

/** Workers and their processes of LibreOffice. */
// biome-ignore format: a table, one row a text
export const ADMIN_WORKERS = adminSubject({
  title: 'Workers and engines',
  about: 'What each worker reports of itself, every five seconds. One that is silent for ten seconds loses its jobs: others start them again.',
  none: 'No worker has reported in the last minutes.',
  condition: '{condition, select, ready {ready} drained {drained: starts no jobs} silent {silent} stopped {stopped} other {not ready}}',
  seen: 'Reported {seconds} s ago', host: 'Host', slots: 'Slots', sandbox: 'Sandbox', started: 'Started (UTC)',
  drain: 'Drain', undrain: 'Let it start jobs',
  engine: 'Engine', state: 'State', pid: 'Process', memory: 'Memory', documents: 'Documents', job: 'Job', progress: 'Progress', actions: 'Actions',
  engineState: '{state, select, starting {starting} idle {idle} other {busy}}', own: 'its own test', noEngines: 'It has no engine.',
  kill: 'Kill', recycle: 'Recycle', killAbout: 'The document in it counts as crashed, and its job is tried again.', recycleAbout: 'Replaced after its document.',
}, {
  de: {
    title: 'Umwandler und Engines',
    about: 'Was jeder Umwandler alle fünf Sekunden von sich meldet. Einer, der zehn Sekunden schweigt, verliert seine Aufträge: andere beginnen sie neu.',
    none: 'In den letzten Minuten hat sich kein Umwandler gemeldet.',
    condition: '{condition, select, ready {bereit} drained {läuft aus: beginnt keine Aufträge} silent {schweigt} stopped {beendet} other {nicht bereit}}',
    seen: 'Zuletzt gemeldet vor {seconds} s', host: 'Rechner', slots: 'Plätze', sandbox: 'Sandbox', started: 'Gestartet (UTC)',
    drain: 'Auslaufen lassen', undrain: 'Wieder Aufträge beginnen',
    engine: 'Engine', state: 'Zustand', pid: 'Prozess', memory: 'Speicher', documents: 'Dokumente', job: 'Auftrag', progress: 'Fortschritt', actions: 'Aktionen',
    engineState: '{state, select, starting {startet} idle {frei} other {beschäftigt}}', own: 'eigener Test', noEngines: 'Er hat keine Engine.',
    kill: 'Beenden', recycle: 'Erneuern', killAbout: 'Das Dokument darin gilt als abgestürzt, und sein Auftrag wird noch einmal versucht.', recycleAbout: 'Nach ihrem Dokument ersetzt.',
  },
  zh: {
    title: '转换器与引擎',
    about: '每个转换器每五秒报告一次自身状况。沉默十秒的转换器会失去其任务：由其他转换器重新开始。',
    none: '最近几分钟没有转换器报告。',
    condition: '{condition, select, ready {就绪} drained {不再接新任务} silent {无响应} stopped {已停止} other {未就绪}}',
    seen: '{seconds} 秒前报告', host: '主机', slots: '槽位', sandbox: '沙箱', started: '启动时间（UTC）',
    drain: '停止接新任务', undrain: '重新接任务',
    engine: '引擎', state: '状态', pid: '进程', memory: '内存', documents: '文档数', job: '任务', progress: '进度', actions: '操作',
    engineState: '{state, select, starting {启动中} idle {空闲} other {忙碌}}', own: '自检', noEngines: '没有引擎。',
    kill: '终止', recycle: '更换', killAbout: '其中的文档视为崩溃，其任务会重试。', recycleAbout: '在当前文档之后更换。',
  },
  ar: {
    title: 'المحوّلات والمحرّكات',
    about: 'ما يبلغه كل محوّل عن نفسه كل خمس ثوانٍ. من يصمت عشر ثوانٍ يفقد مهامه: تبدؤها محوّلات أخرى من جديد.',
    none: 'لم يُبلغ أي محوّل عن نفسه في الدقائق الأخيرة.',
    condition: '{condition, select, ready {جاهز} drained {لا يبدأ مهامًا} silent {صامت} stopped {متوقف} other {غير جاهز}}',
    seen: 'أبلغ قبل {seconds} ث', host: 'المضيف', slots: 'الخانات', sandbox: 'العزل', started: 'بدأ (UTC)',
    drain: 'إفراغ', undrain: 'السماح ببدء المهام',
    engine: 'المحرّك', state: 'الحالة', pid: 'العملية', memory: 'الذاكرة', documents: 'المستندات', job: 'المهمة', progress: 'التقدم', actions: 'إجراءات',
    engineState: '{state, select, starting {يبدأ} idle {متاح} other {مشغول}}', own: 'اختباره الذاتي', noEngines: 'ليس لديه محرّك.',
    kill: 'إنهاء', recycle: 'تجديد', killAbout: 'يُعدّ المستند الذي فيه منهارًا، وتُعاد محاولة مهمته.', recycleAbout: 'يُستبدل بعد مستنده.',
  },
})
