import Link from 'next/link'
import type { ReactNode } from 'react'
import type { LinkState as LiveLink } from './live/job-listener.ts'
import { LiveBadge } from './live-badge.tsx'

/** The name of the product and, on live pages, the state of the connection. */
export function Header({ link, children }: { link?: LiveLink; children?: ReactNode }) {
  return (
    <header className="top">
      <Link className="brand" href="/">
        <svg viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
          <path d="M20.5 14.6A8.7 8.7 0 0 1 9.4 3.5a8.7 8.7 0 1 0 11.1 11.1Z" />
          <path d="M14.6 5h6v1.9l-3.5 4h3.6v2h-6.4V11l3.5-4h-3.2Z" opacity=".5" />
        </svg>
        Nightshift
      </Link>
      {children}
      {link && <LiveBadge link={link} />}
    </header>
  )
}
