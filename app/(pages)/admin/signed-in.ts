import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import type { OperatorRole } from '../../operators.ts'
import { backend, type PageBackend } from '../../page-backend.ts'
import { adminTextOf } from '../messages/admin-catalogue.ts'
import type { AdminText } from '../messages/admin-texts.ts'
import { textsOf } from '../messages/catalogue.ts'
import { requestLanguage } from '../messages/request-language.ts'
import type { Texts } from '../messages/texts.ts'

/** What a page of the dashboard works with. */
export interface AdminContext extends PageBackend {
  role: OperatorRole
  a: AdminText
  texts: Texts
}

/**
 * The backend for an operator who is signed in; anybody else is led to the sign-in page, as `app/admin-door.ts` does
 * before. Every page of the dashboard gets its data from here.
 */
export async function signedIn(): Promise<AdminContext> {
  const role = await signedInRole()
  if (!role) redirect('/admin/sign-in')
  const language = await requestLanguage()
  return { ...backend(), role, a: adminTextOf(language), texts: textsOf(language) }
}

/** Undefined where nobody is signed in. */
export async function signedInRole(): Promise<OperatorRole | undefined> {
  const cookie = (await cookies()).toString()
  return (await backend().operators.sessionOf({ cookie }))?.role
}
