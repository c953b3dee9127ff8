/** What the seeded shop sells. */
export interface Product {
  sku: string;
  title: string;
  /** Price in euro cents; other currencies follow by `priceIn`. */
  euroCents: number;
}

export const products: readonly Product[] = [
  { sku: 'MUG-BLU-350', title: 'Blue mug, 350 ml', euroCents: 1_250 },
  { sku: 'MUG-RED-350', title: 'Red mug, 350 ml', euroCents: 1_250 },
  { sku: 'TPOT-CLAY-1L', title: 'Clay teapot, 1 l', euroCents: 4_900 },
  { sku: 'KETTLE-GSN-9', title: 'Gooseneck kettle', euroCents: 7_900 },
  { sku: 'GRIND-HAND-2', title: 'Hand grinder', euroCents: 9_500 },
  { sku: 'BEAN-ETH-1KG', title: 'Coffee beans, Ethiopia, 1 kg', euroCents: 2_890 },
  { sku: 'BEAN-BRA-1KG', title: 'Coffee beans, Brazil, 1 kg', euroCents: 2_190 },
  { sku: 'FILTER-V60-100', title: 'Paper filters, 100 pieces', euroCents: 650 },
  { sku: 'SCALE-02G', title: 'Brew scale, 0.2 g', euroCents: 5_400 },
  { sku: 'PRESS-FR-8', title: 'French press, 8 cups', euroCents: 3_600 },
  { sku: 'LAMP-DESK-OAK', title: 'Desk lamp, oak', euroCents: 8_900 },
  { sku: 'LAMP-FLR-BLK', title: 'Floor lamp, black', euroCents: 14_900 },
  { sku: 'CHAIR-OAK-01', title: 'Oak chair', euroCents: 24_900 },
  { sku: 'TABLE-OAK-180', title: 'Oak table, 180 cm', euroCents: 89_900 },
  { sku: 'SHELF-ASH-3', title: 'Ash shelf, three boards', euroCents: 11_900 },
  { sku: 'RUG-WOOL-200', title: 'Wool rug, 200 x 140', euroCents: 32_000 },
  { sku: 'THROW-LIN-GR', title: 'Linen throw, green', euroCents: 6_900 },
  { sku: 'PILLOW-DWN-50', title: 'Down pillow', euroCents: 4_500 },
  { sku: 'VASE-GLS-30', title: 'Glass vase, 30 cm', euroCents: 3_900 },
  { sku: 'PLANT-MON-M', title: 'Monstera, medium', euroCents: 2_990 },
  { sku: 'POT-TERRA-24', title: 'Terracotta pot, 24 cm', euroCents: 1_890 },
  { sku: 'BOOK-BREW-EN', title: 'The Brewing Book', euroCents: 2_950 },
  { sku: 'NOTE-DOT-A5', title: 'Dotted notebook, A5', euroCents: 1_490 },
  { sku: 'PEN-BRASS-07', title: 'Brass pen', euroCents: 3_800 },
  { sku: 'BAG-TOTE-CNV', title: 'Canvas tote bag', euroCents: 1_900 },
  { sku: 'APRON-DNM-L', title: 'Denim apron', euroCents: 4_200 },
  { sku: 'KNIFE-CHEF-21', title: "Chef's knife, 21 cm", euroCents: 11_500 },
  { sku: 'BOARD-WAL-40', title: 'Walnut board, 40 cm', euroCents: 5_900 },
  { sku: 'PAN-CAST-26', title: 'Cast-iron pan, 26 cm', euroCents: 6_500 },
  { sku: 'GIFT-CARD-50', title: 'Gift card', euroCents: 5_000 },
];

/** The one thing that costs so much that an order of it leaves 32 bits. */
export const roaster: Product = { sku: 'ROAST-IND-60', title: 'Industrial roaster, 60 kg', euroCents: 18_500_000 };

/** Minor units of each currency for one euro cent. JPY has no digits after the point, KWD three. */
const minorUnitsPerEuroCent: Record<string, number> = { EUR: 1, USD: 1.1, GBP: 0.86, JPY: 1.6, KWD: 3.4 };

export function priceIn(currency: string, euroCents: number): number {
  return Math.round(euroCents * (minorUnitsPerEuroCent[currency] ?? 1));
}
