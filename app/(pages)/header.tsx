import type { ReactNode } from 'react'
import { under } from './live/address.ts'
import type { LinkState as LiveLink } from './live/job-listener.ts'
import { LiveBadge } from './live-badge.tsx'

interface Props {
  link?: LiveLink
  /** Where it leads is the page's own: a plain link loads the main page anew. */
  brand?: ReactNode
  children?: ReactNode
}

/** The name of the product and, on live pages, the state of the connection. */
export function Header({ link, brand = <PlainBrand />, children }: Props) {
  return (
    <header className="top">
      {brand}
      {children}
      {/* New for each state: its width changes, which would count as something that moves. */}
      {link && <LiveBadge key={link.state} link={link} />}
    </header>
  )
}

function PlainBrand() {
  return (
    <a className="brand" href={under('/')}>
      <Brand />
    </a>
  )
}

/** The mark and the name. */
export function Brand() {
  return (
    <>
      <svg viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
        <path d="M20.5 14.6A8.7 8.7 0 0 1 9.4 3.5a8.7 8.7 0 1 0 11.1 11.1Z" />
        <path d="M14.6 5h6v1.9l-3.5 4h3.6v2h-6.4V11l3.5-4h-3.2Z" opacity=".5" />
      </svg>
      Nightshift
    </>
  )
}
