import type { Customer } from './customer.js'

/** 配送先 */
export interface ShippingAddress {
  /** 受取人氏名 */
  recipientName: string
  postalCode: string
  /** 都道府県 */
  prefecture: string
  /** 市区町村・番地・建物名 */
  street: string
  /** 日中連絡先 */
  tel: string
}

/** 注文明細 */
export interface OrderItem {
  productCode: string
  /** 商品名 */
  productName: string
  quantity: number
  unitPrice: number
}

/** 注文 */
export interface Order {
  id: string
  orderedAt: Date
  customer: Customer
  shipTo: ShippingAddress
  items: OrderItem[]
  shippedAt: Date | null
}

export function totalOf(order: Order): number {
  return order.items.reduce((total, item) => total + item.quantity * item.unitPrice, 0)
}
