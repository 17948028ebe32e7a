import type { AdminKey } from '../messages/admin-texts.ts'

/** A page of the dashboard as the navigation lists it. */
export interface AdminPageLink {
  /** Below BASE_PATH. */
  href: string
  title: AdminKey
}

/** In the order of the navigation. */
export const ADMIN_PAGES: readonly AdminPageLink[] = [
  { href: '/admin/jobs', title: 'jobs.title' },
  { href: '/admin/audit', title: 'audit.title' },
  { href: '/admin/system-check', title: 'systemCheck.title' },
  { href: '/admin/settings', title: 'settings.title' },
]
