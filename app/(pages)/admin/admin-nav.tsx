'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useAdminText } from '../messages/use-admin-text.tsx'
import { ADMIN_PAGES } from './admin-pages.ts'

/** The pages of the dashboard; that of a job belongs to its list. */
export function AdminNav() {
  const a = useAdminText()
  const path = usePathname()
  const here = ADMIN_PAGES.filter(({ href }) => path === href || path.startsWith(`${href}/`))
  const current = here.sort((x, y) => y.href.length - x.href.length)[0]
  return (
    <nav className="admin-nav" aria-label={a('shell.pages')}>
      {ADMIN_PAGES.map(page => (
        <Link
          key={page.href}
          href={page.href}
          prefetch={false}
          aria-current={page === current ? 'page' : undefined}
        >
          {a(page.title)}
        </Link>
      ))}
    </nav>
  )
}
