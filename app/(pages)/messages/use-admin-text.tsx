'use client'
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { type AdminCatalogue, type AdminText, createAdminText } from './admin-texts.ts'

const AdminTextContext = createContext<AdminText | null>(null)

/** Gives all components below the texts of the dashboard in one language. */
export function AdminTextProvider({
  catalogue,
  children,
}: {
  catalogue: AdminCatalogue
  children: ReactNode
}) {
  const text = useMemo(() => createAdminText(catalogue), [catalogue])
  return <AdminTextContext value={text}>{children}</AdminTextContext>
}

/** @throws Error outside of `AdminTextProvider` */
export function useAdminText(): AdminText {
  const text = useContext(AdminTextContext)
  if (!text) throw new Error('no language was provided: the layout of the dashboard does it')
  return text
}
