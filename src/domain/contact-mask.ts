/**
 * E-mail and phone for staff who look through lists: enough to tell two people apart, too little to write to them.
 */
export function maskedEmail(email: string): string {
  const at = email.lastIndexOf('@');
  if (at <= 0) return '•••';
  return `${firstLetter(email)}•••${email.slice(at)}`;
}

/** Only the last two digits: `••••42`. */
export function maskedPhone(phone: string): string {
  return phone.length <= 4 ? '••••' : `••••${phone.slice(-2)}`;
}

/** Whole, even outside the basic plane. */
function firstLetter(text: string): string {
  return String.fromCodePoint(text.codePointAt(0) ?? 0x2022);
}
