/** 商品レビュー。投稿者は持たない */
export interface Review {
  productCode: string
  stars: 1 | 2 | 3 | 4 | 5
  title: string
  body: string
  postedAt: Date
}
