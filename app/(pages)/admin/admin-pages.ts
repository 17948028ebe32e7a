import type { AdminKey } from '../messages/admin-texts.ts'

/** A page of the dashboard as the navigation lists it. */
export interface AdminPageLink {
  /** Below BASE_PATH. */
  href: string
  title: AdminKey
}

/** In the order of the navigation. */
export const ADMIN_PAGES: readonly AdminPageLink[] = [
  { href: '/admin', title: 'overview.title' },
  { href: '/admin/jobs', title: 'jobs.title' },
  { href: '/admin/dead-letters', title: 'deadLetters.title' },
  { href: '/admin/errors', title: 'failures.title' },
  { href: '/admin/queues', title: 'queues.title' },
  { href: '/admin/workers', title: 'workers.title' },
  { href: '/admin/schedules', title: 'schedules.title' },
  { href: '/admin/retention', title: 'schedules.retention' },
  { href: '/admin/audit', title: 'audit.title' },
  { href: '/admin/system-check', title: 'systemCheck.title' },
  { href: '/admin/settings', title: 'settings.title' },
]
