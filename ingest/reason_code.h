// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace tl {

// What can be said of a file, a part or a page. The numbers are a stored form: they stand in
// messages of reader processes, in the cache and in whatever keeps a file list. A number is never
// given to another meaning; one that is no longer used stays; what comes new goes to the end. The
// words, and the names for other programs, are app/reason/reason_words.h's. Behind a code stands
// what it uses of a Reason's fields; a count or a limit that its name explains is not told.
enum class ReasonCode : uint16_t {
    kNone = 0,

    // Found by the walk and its rules.
    kSystemError = 1,  // detail: the system's words
    kNotRegularFile = 2,
    kChosenTwice = 3,
    kEmptyFile = 4,
    kOverSizeLimit = 5,      // count: bytes, 0 where the size is not known; limit: bytes
    kExcludedByPattern = 6,  // name: the pattern
    kNotIncluded = 7,
    kIgnoredByRule = 8,        // name: the file of rules; count: its line; detail: the pattern
    kVersionControl = 9,       // name: the folder
    kDependencies = 10,        // name: the folder; detail: the tool's file beside it
    kDependenciesByMark = 11,  // name: the tool's file in it
    kToolFiles = 12,           // name: the folder
    kBuildOutput = 13,         // name: the folder; detail: the tool's file beside it
    kBuildOutputByMark = 14,   // name: the tool's file in it
    kCacheByMark = 15,         // name: the tool's file in it
    kLockFile = 16,
    kPackage = 17,  // name: the ending, as are the next three
    kMinifiedName = 18,
    kSourceMap = 19,
    kGeneratedName = 20,
    kNamedImage = 21,
    kNamedArchive = 22,
    kNamedAudio = 23,
    kNamedVideo = 24,
    kNamedProgram = 25,
    kNamedDatabase = 26,
    kNamedDisk = 27,
    kNamedFont = 28,
    kNamedKeys = 29,
    kNamedWeights = 30,
    kNamedOffice = 31,
    kNamedPdf = 32,
    kNamedDesign = 33,
    kNamedBook = 34,
    kImageOcrOff = 35,
    kDeviceFile = 36,
    kNamedPipe = 37,
    kSocket = 38,
    kUnknownKind = 39,
    kLinkNowhere = 40,
    kLinkBack = 41,
    kLinkOut = 42,  // name: where it leads, as are the next two
    kLinkWithin = 43,
    kLinkOfMember = 44,
    kHardLink = 45,
    kCannotBeOpened = 46,  // detail: the system's words, as is the next
    kCannotBeRead = 47,
    kNoLongerThere = 48,
    kChangedSinceListed = 49,  // count: bytes then; limit: bytes now
    kChangedWhileRead = 50,
    kRulesNotUsed = 51,
    kIndexNotUsed = 52,
    kIndexDamaged = 53,
    kIndexVersion = 54,
    kIndexTooLarge = 55,
    kIndexSplit = 56,
    kSameContent = 57,  // name: the file that is read

    // What the bytes are, and how they became text.
    kBinaryFormat = 58,    // name: the format
    kBrokenEncoding = 59,  // name: the encoding
    kNulBytes = 60,
    kControlCharacters = 61,
    kUnknownEncoding = 62,
    kConverted = 63,  // name: the encoding, as are the next two
    kConvertedDetected = 64,
    kConvertedAssumed = 65,
    kBrokenCharacters = 66,
    kBrokenUtf8 = 67,
    kNulsTakenOut = 68,
    kGeneratedFile = 69,  // detail: the file's words
    kMinifiedFile = 70,   // count: lines; limit: bytes of one
    kNoText = 71,
    kReadAsPlainText = 72,
    kNotReduced = 73,  // name: the level
    kReduced = 74,     // name: the level; count and limit: bytes now and before
    kTextOverLimit = 75,
    kBrokenJson = 76,

    // Definitions in code.
    kNoGrammar = 77,
    kOutlineTooLarge = 78,
    kOutlineTimeOut = 79,
    kGrammarUnfit = 80,
    kDefinesNothing = 81,

    // The reader process and what it says.
    kReaderMissing = 82,
    kReaderNotStarted = 83,
    kReaderNoSocket = 84,
    kProgramNotStarted = 85,  // name: the program; detail: the system's words
    kReaderEnded = 86,
    kReaderForbidden = 87,
    kReaderKilled = 88,
    kReaderCrashed = 89,
    kTimeOut = 90,  // limit: milliseconds, as is the next
    kTimeOutEarlier = 91,
    kOverMemoryLimit = 92,  // limit: bytes
    kNoMemory = 93,
    kCancelled = 94,
    kRequestDamaged = 95,
    kHeaderDamaged = 96,
    kGreetingDamaged = 97,
    kAnswerDamaged = 98,
    kAnswerBroken = 99,  // name: of what it breaks a promise
    kAnswerUnexpected = 100,
    kOtherReaderVersion = 101,
    kMessageTooLong = 102,
    kMessageCutOff = 103,
    kMessageNotSent = 104,
    kNoMoreRequests = 105,
    kTooManyThings = 106,
    kTooManyParts = 107,
    kPartsOverLimit = 108,
    kAnswerOverLimit = 109,
    kNoReader = 110,
    kCannotBeParsed = 111,  // detail: the parser's words

    // Archives and what lies in them.
    kDamagedArchive = 112,  // detail: the library's words, as are the next two
    kDamagedBehind = 113,   // name: the last whole member
    kDamagedMember = 114,
    kNoArchive = 115,
    kEmptyArchive = 116,
    kArchiveTooDeep = 117,
    kFileTooDeep = 118,
    kContainerUsedUp = 119,
    kAllUnpackOverLimit = 120,  // name: the outermost container
    kArchiveOverTotal = 121,
    kArchiveEndsAtTotal = 122,
    kArchiveEndsAtSize = 123,  // count: bytes, 0 where the size is not known; limit: bytes
    kArchiveEndsAtRatio = 124,
    kArchiveEndsAtCount = 125,
    kNotWanted = 126,
    kPartNeedsPassword = 127,
    kPartWrongPassword = 128,
    kNeedsPassword = 129,
    kWrongPassword = 130,
    kDecrypted = 131,
    kEmptyAttachment = 132,
    kDamagedAttachment = 133,
    kAttachmentsOverLimit = 134,  // limit: bytes, 0 where memory is what is short
    kAttachedFilesLeftOut = 135,

    // Mail.
    kNoMail = 136,
    kMailCut = 137,
    kNoHeaderFields = 138,
    kEndsWithinPart = 139,
    kPartsNotTold = 140,
    kPartsTooDeep = 141,
    kForwardsTooDeep = 142,
    kNoValidDate = 143,
    kEncryptedMessage = 144,
    kEncryptedPart = 145,
    kSignature = 146,
    kWithinSignature = 147,
    kSameMessageId = 148,
    kHtmlBody = 149,
    kTooManyAttachments = 150,
    kOtherThings = 151,
    kCharsetNotSaid = 152,  // name: the charset it is read as
    kCharsetUnknown = 153,  // detail: what the mail says; name: the charset it is read as
    kNotUtf8 = 154,
    kNotOfCharset = 155,

    // Office documents and web pages.
    kEncryptedOffice = 156,
    kOldOffice = 157,
    kDamagedDocument = 158,  // name: the format
    kNoZip = 159,
    kPartMissing = 160,  // name: the part; detail: the format
    kPartNotRead = 161,  // name: the part, as are the next five
    kXmlMemory = 162,
    kBrokenXml = 163,  // detail: the library's words
    kNoTextDocument = 164,
    kNoPresentation = 165,
    kNamesNoPackage = 166,
    kNoSlideRead = 167,
    kNoChapters = 168,
    kNoChapterRead = 169,
    kNoBody = 170,
    kSpreadsheet = 171,
    kDrawing = 172,
    kDrm = 173,
    kTrackedChanges = 174,
    kObjectsNotRead = 175,
    kChartsNotRead = 176,
    kForeignPartMissing = 177,
    kMissingSlide = 178,
    kSlideNotRead = 179,
    kSlideWithoutText = 180,
    kHiddenSlide = 181,
    kMissingChapter = 182,
    kChapterWithoutText = 183,
    kForeignChapter = 184,
    kNoRtf = 185,
    kFileCutOff = 186,
    kGroupsTooDeep = 187,
    kElementsTooDeep = 188,
    kPageMemory = 189,
    kThinMainPart = 190,
    kMainPartOnly = 191,
    kWebPageWithoutText = 192,

    // PDF, pages and pictures of text. OCR's part comes after a page's in `because`.
    kPageMissing = 193,
    kPageDamaged = 194,
    kPageScanned = 195,
    kPageDrawn = 196,
    kPageEmpty = 197,
    kPagePicture = 198,  // count to limit: of one page to another, as in the next three
    kPageUnknownGlyphs = 199,
    kPageUnlikelyLetters = 200,
    kPageTinyGlyphs = 201,
    kPageByOcr = 202,
    kOcrCanRead = 203,
    kOcrFoundNothing = 204,
    kNoTesseract = 205,
    kTesseractLanguages = 206,
    kNoPages = 207,
    kNoPdf = 208,
    kPdfNoPagesFound = 209,
    kPdfNoPageList = 210,
    kPdfNoObjects = 211,
    kPdfNoPageRead = 212,
    kPdfRebuilt = 213,
    kCertificateOnly = 214,
    kXfaForm = 215,
    kContentsLeadNowhere = 216,
    kContentsCut = 217,
    kLinksCut = 218,
    kNotesNotRead = 219,
    kImageNoTesseract = 220,
    kImageNoText = 221,
    kImageUnsure = 222,
    kImageTooLarge = 223,  // count x limit: pixels
    kImageDamaged = 224,
    kImageCut = 225,

    // Transcripts, notebooks, tables.
    kNoCues = 226,
    kNoTurns = 227,
    kNoSegments = 228,
    kNoWords = 229,
    kNoTime = 230,
    kBrokenTime = 231,  // detail: the file's words
    kCueEndsEarly = 232,
    kCueBeginsEarly = 233,
    kCueNumberAlone = 234,
    kWordsOutsideCues = 235,
    kCommentsLeftOut = 236,
    kStylesLeftOut = 237,
    kCaptionLinesMerged = 238,
    kCuesMerged = 239,
    kNoCells = 240,
    kCellWithoutSource = 241,
    kSemicolonsBetweenCells = 242,
    kTabsBetweenCells = 243,
    kBarsBetweenCells = 244,
    kOpenQuote = 245,
    kUnevenRows = 246,  // limit: cells of the first row
    kRowsByLines = 247,

    // Names in archives.
    kNamesConverted = 248,  // name: the encoding, as is the next
    kNamesGuessed = 249,

    // What real files taught.
    kDatesAsWritten = 250,
    kPlainPartIsStub = 251,
    kSlideFootersLeftOut = 252,
    kHiddenSheet = 253,  // name: the sheet
    kFormulasWithoutValue = 254,
    kEditorBackup = 255,  // name: the ending
    kVendoredCopy = 256,  // name: the folder; detail: what tells it
    kPageLineNumbers = 257,
};

inline constexpr ReasonCode kLastReasonCode = ReasonCode::kPageLineNumbers;

}  // namespace tl
