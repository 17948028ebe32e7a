import Link from 'next/link'
import type { AdminText } from '../messages/admin-texts.ts'

interface Props {
  a: AdminText
  /** The page with its filters, without a cursor. */
  href: string
  /** The cursor of the next page; null on the last one. */
  next: string | null
  /** Whether this page is not the first one. */
  isLater: boolean
}

/** Links through a list by keyset: to older entries, and back to the newest. */
export function Pager({ a, href, next, isLater }: Props) {
  if (next === null && !isLater) return null
  const join = href.includes('?') ? '&' : '?'
  return (
    <p className="pager">
      {isLater && (
        <Link className="button" prefetch={false} href={href}>
          {a('shell.newest')}
        </Link>
      )}
      {next !== null && (
        <Link className="button" prefetch={false} href={`${href}${join}after=${encodeURIComponent(next)}`}>
          {a('shell.more')}
        </Link>
      )}
    </p>
  )
}
