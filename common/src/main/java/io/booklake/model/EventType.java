package io.booklake.model;

/**
 * The event types of a message file, as the bytes that travel through columns.
 *
 * <p>Source: LOBSTER, <i>Output structure</i>, https://lobsterdata.com/info/DataStructure.php.
 */
public final class EventType {
  /** Submission of a new limit order. */
  public static final byte NEW_ORDER = 1;

  /** Partial cancellation: size is the part taken away. */
  public static final byte PARTIAL_CANCEL = 2;

  /** Deletion of what remains of an order. */
  public static final byte DELETE = 3;

  /** Execution of a visible order: size is the part executed. */
  public static final byte VISIBLE_EXECUTION = 4;

  /** Execution of a hidden order: order id 0, the visible book does not change. */
  public static final byte HIDDEN_EXECUTION = 5;

  /** Auction (cross) trade: an aggregate that is never applied to the book. */
  public static final byte CROSS_TRADE = 6;

  /** Trading halt and resumption: price -1 halts, 0 resumes quoting, 1 resumes trading. */
  public static final byte HALT = 7;

  /** {@link #HALT} price: trading halts. */
  public static final long TRADING_HALTS = -1;

  /** {@link #HALT} price: quoting resumes, trading does not. */
  public static final long QUOTING_RESUMES = 0;

  /** {@link #HALT} price: trading resumes. */
  public static final long TRADING_RESUMES = 1;

  private EventType() {}
}
