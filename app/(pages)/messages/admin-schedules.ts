import { adminSubject } from './admin-subject.ts'

/** What runs by the clock, and what the retention deletes. */
// biome-ignore format: a table, one row a text
export const ADMIN_SCHEDULES = adminSubject({
  title: 'Schedules',
  about: 'What runs by the clock (UTC). Of several processes one does it.',
  name: 'Schedule', every: 'How often', last: 'Last run (UTC)', took: 'Took', outcome: 'Outcome', next: 'Next (UTC)', run: 'Run now', well: 'went well', never: 'not yet', actions: 'Actions',
  everyMinute: 'every minute', everyHour: 'every hour, {minute} minutes past',
  statistics: 'Counts what became of jobs.', expired: 'Deletes the files of jobs whose time is over.', history: 'Deletes rows that are older than the history.',
  results: 'Looks whether stored results are still there.', orphans: 'Deletes files that belong to no job.',
  retention: 'Retention', retentionAbout: 'Files are kept for {files}, what is known of a job for {rows} after its end. Expired files are refused at once; the next sweep deletes them.',
  what: 'What', due: 'Due now', oldest: 'Oldest since (UTC)', files: 'Jobs whose files have expired', rows: 'Rows older than the history', atLeast: '{n}+',
}, {
  de: {
    title: 'Zeitpläne',
    about: 'Was nach der Uhr läuft (UTC). Von mehreren Prozessen tut es einer.',
    name: 'Zeitplan', every: 'Wie oft', last: 'Letzter Lauf (UTC)', took: 'Dauer', outcome: 'Ergebnis', next: 'Nächster (UTC)', run: 'Jetzt ausführen', well: 'gelungen', never: 'noch nicht', actions: 'Aktionen',
    everyMinute: 'jede Minute', everyHour: 'jede Stunde, {minute} Minuten nach voll',
    statistics: 'Zählt, was aus Aufträgen wurde.', expired: 'Löscht die Dateien von Aufträgen, deren Zeit um ist.', history: 'Löscht Zeilen, die älter als die Historie sind.',
    results: 'Sieht nach, ob gespeicherte Ergebnisse noch da sind.', orphans: 'Löscht Dateien, die zu keinem Auftrag gehören.',
    retention: 'Aufbewahrung', retentionAbout: 'Dateien werden {files} aufbewahrt, was über einen Auftrag bekannt ist, {rows} nach seinem Ende. Abgelaufene Dateien werden sofort verweigert; der nächste Lauf löscht sie.',
    what: 'Was', due: 'Jetzt fällig', oldest: 'Ältestes seit (UTC)', files: 'Aufträge mit abgelaufenen Dateien', rows: 'Zeilen, die älter als die Historie sind', atLeast: '{n}+',
  },
  zh: {
    title: '计划任务',
    about: '按时钟（UTC）运行的事项。多个进程中由一个执行。',
    name: '计划任务', every: '频率', last: '上次运行（UTC）', took: '耗时', outcome: '结果', next: '下次（UTC）', run: '立即运行', well: '成功', never: '尚未', actions: '操作',
    everyMinute: '每分钟', everyHour: '每小时第 {minute} 分',
    statistics: '统计任务的结果。', expired: '删除到期任务的文件。', history: '删除超过历史期限的记录。',
    results: '检查存储的结果是否还在。', orphans: '删除不属于任何任务的文件。',
    retention: '保留', retentionAbout: '文件保留 {files}，任务的记录在结束后保留 {rows}。到期文件会立即被拒绝访问，由下一次清理删除。',
    what: '内容', due: '现在到期', oldest: '最早自（UTC）', files: '文件已到期的任务', rows: '超过历史期限的记录', atLeast: '{n}+',
  },
  ar: {
    title: 'الجداول',
    about: 'ما يعمل حسب الساعة (UTC). من بين عدة عمليات تقوم به واحدة.',
    name: 'الجدول', every: 'كم مرة', last: 'آخر تشغيل (UTC)', took: 'المدة', outcome: 'النتيجة', next: 'التالي (UTC)', run: 'شغّل الآن', well: 'نجح', never: 'ليس بعد', actions: 'إجراءات',
    everyMinute: 'كل دقيقة', everyHour: 'كل ساعة، بعد {minute} دقيقة',
    statistics: 'يحصي ما آلت إليه المهام.', expired: 'يحذف ملفات المهام التي انتهى وقتها.', history: 'يحذف السجلات الأقدم من مدة التاريخ.',
    results: 'يتحقق من أن النتائج المحفوظة ما زالت موجودة.', orphans: 'يحذف الملفات التي لا تخص أي مهمة.',
    retention: 'الحفظ', retentionAbout: 'تُحفظ الملفات {files}، وما يُعرف عن المهمة {rows} بعد انتهائها. تُرفض الملفات المنتهية فورًا، ويحذفها التنظيف التالي.',
    what: 'ماذا', due: 'مستحق الآن', oldest: 'الأقدم منذ (UTC)', files: 'مهام انتهت ملفاتها', rows: 'سجلات أقدم من مدة التاريخ', atLeast: '{n}+',
  },
})
