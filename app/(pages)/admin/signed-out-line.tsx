'use client'
import { BASE_PATH, under } from '../live/address.ts'
import { useAdminText } from '../messages/use-admin-text.tsx'
import { useSessionOver } from './live/session-state.ts'

/** Says that the session is over while a page is shown, which stands still then, with the way back to the page. */
export function SignedOutLine() {
  const a = useAdminText()
  if (!useSessionOver()) return null
  const { pathname, search } = window.location
  const to = pathname.slice(BASE_PATH.length) + search
  return (
    <p className="outcome" role="alert">
      {a('shell.signedOut')}{' '}
      <a href={under(`/admin/sign-in?${new URLSearchParams({ to })}`)}>{a('shell.signInAgain')}</a>
    </p>
  )
}
