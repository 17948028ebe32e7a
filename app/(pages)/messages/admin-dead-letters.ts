import { adminSubject } from './admin-subject.ts'

/** The dead letters. */
// biome-ignore format: a table, one row a text
export const ADMIN_DEAD_LETTERS = adminSubject({
  title: 'Dead letters',
  about: 'Jobs that failed after their last attempt, by an error that another try might not have. Trying one again gives it new attempts.',
  unlisted: 'The database of this Nightshift cannot list them. There are {n, number} or more.',
}, {
  de: {
    title: 'Endgültig Fehlgeschlagene',
    about: 'Aufträge, die nach ihrem letzten Versuch an etwas gescheitert sind, das bei einem weiteren anders sein kann. Ein neuer Anlauf gibt ihnen neue Versuche.',
    unlisted: 'Die Datenbank dieses Nightshift kann sie nicht auflisten. Es gibt {n, number} oder mehr.',
  },
  zh: {
    title: '死信',
    about: '最后一次尝试后失败、但再次尝试可能成功的任务。重试会给予新的尝试次数。',
    unlisted: '此 Nightshift 的数据库无法列出它们。至少有 {n, number} 个。',
  },
  ar: {
    title: 'الرسائل الميتة',
    about: 'مهام فشلت بعد محاولتها الأخيرة بخطأ قد لا يتكرر. إعادة المحاولة تمنحها محاولات جديدة.',
    unlisted: 'لا تستطيع قاعدة بيانات Nightshift هذه سردها. يوجد منها {n, number} أو أكثر.',
  },
})
