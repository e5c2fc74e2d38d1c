/* Dialog numbers are our own; control and command ids are MicroSIP's. */
#define IDD_MAIN 101
#define IDD_DIALER 102
#define IDD_RING 103
#define IDD_MESSAGES 104

#define ID_STATUS_BAR 0xE801
#define ID_EXIT 32784
#define ID_MUTE_INPUT 32802
#define ID_MUTE_OUTPUT 32803
#define ID_ACCOUNT_FIRST 40000

/* dialer page */
#define IDC_NUMBER 1078
#define IDC_CALL 1022
#define IDC_END 1055
#define IDC_HOLD 1057
#define IDC_TRANSFER 1135
#define IDC_MUTE_INPUT 1018
#define IDC_MUTE_OUTPUT 1019
#define IDC_VOLUME_INPUT 1143
#define IDC_VOLUME_OUTPUT 1144
#define IDC_SEND 1012
/* its buttons at the bottom, made by bottom-buttons.c */
#define IDC_DND 1002
#define IDC_AUTO_ANSWER 1001
#define IDC_AUTO_CONFERENCE 1010
#define IDC_FORWARDING 1014
#define IDC_RECORD 1005
#define IDC_CONFERENCE 1011

/* ring window */
#define IDC_RING_ANSWER 1000
#define IDC_RING_VIDEO 1140
#define IDC_RING_DECLINE 1032
#define IDC_RING_TRANSFER 1135
#define IDC_RING_NAME 1026
#define IDC_RING_NAME_STATIC 1002
#define IDC_RING_DETAILS 1025
#define IDC_RING_HINT 1059

/* messages window */
#define IDC_TABS 1000
#define IDC_MSG_END 1055
#define IDC_MSG_CALL 1023
#define IDC_MSG_HOLD 1057
#define IDC_MSG_TRANSFER 1135
#define IDC_MSG_CONFERENCE 1159
#define ID_MERGE_ALL 32807
#define ID_SEPARATE_ALL 32806
#define ID_HANG_UP_SELECTED 32797
#if STANDIN_MAJOR * 10000 + STANDIN_MINOR * 100 + STANDIN_PATCH >= 32100
#define IDC_MSG_LOG 1004
#else
#define IDC_MSG_LOG 1074
#endif
#define IDC_MSG_INPUT 1076
#define IDC_MSG_VIDEO 1141
#define IDC_MSG_LAST_CALL 1073
#define IDC_MSG_CLOSE_ALL 1029
