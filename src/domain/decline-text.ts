/** Why a bank said no, in our own words: what a processor writes is for the shop, and may say too much. */
const texts: ReadonlyMap<string, string> = new Map(
  Object.entries({
    insufficient_funds: 'There is not enough money on the account.',
    card_declined: 'The card was declined. Try another one.',
    expired_card: 'The card has expired.',
    incorrect_cvc: 'The security code is wrong.',
    do_not_honor: 'The bank did not allow the payment. Ask the bank, or try another way to pay.',
    // A thief must not learn that the card is known to be lost.
    lost_card: 'The card was declined. Try another one.',
    stolen_card: 'The card was declined. Try another one.',
    processing_error: 'The bank could not process the payment. Try again in a moment.',
    authentication_failed: 'The bank could not confirm that it was you.',
  }),
);

/** For people. `null`: the bank gave no reason. */
export function declineText(declineCode: string | null): string {
  return texts.get(declineCode ?? '') ?? 'The payment was declined. Try another way to pay.';
}
