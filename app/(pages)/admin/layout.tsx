import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { Header } from '../header.tsx'
import { under } from '../live/address.ts'
import { adminCatalogueOf, adminTextOf } from '../messages/admin-catalogue.ts'
import { requestLanguage } from '../messages/request-language.ts'
import { AdminTextProvider } from '../messages/use-admin-text.tsx'
import { AdminNav } from './admin-nav.tsx'
import { signedInRole } from './signed-in.ts'
import { SignedOutLine } from './signed-out-line.tsx'
import './admin.css'

export const dynamic = 'force-dynamic'

export const metadata: Metadata = { robots: { index: false, follow: false } }

export default async function AdminLayout({ children }: { children: ReactNode }) {
  const language = await requestLanguage()
  const a = adminTextOf(language)
  const role = await signedInRole()
  return (
    <AdminTextProvider catalogue={adminCatalogueOf(language)}>
      <div className="wrap admin">
        <Header>
          {role && (
            <form className="signed-in" method="post" action={under('/admin/sign-out')}>
              <span>{a('shell.signedInAs', { role })}</span>
              <button className="quiet" type="submit">
                {a('shell.signOut')}
              </button>
            </form>
          )}
        </Header>
        {role && <AdminNav />}
        <main>
          {role && <SignedOutLine />}
          {children}
        </main>
      </div>
    </AdminTextProvider>
  )
}
